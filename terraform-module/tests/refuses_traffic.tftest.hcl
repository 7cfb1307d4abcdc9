# What the load balancer cannot do

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  environment = "dev"
  image       = "registry.example.com/orders:1.0.0"

  platform = {
    cluster_arn           = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
    cluster_name          = "pilot"
    vpc_id                = "vpc-0a"
    subnet_ids            = ["subnet-0a", "subnet-0b"]
    public_subnet_ids     = ["subnet-0c", "subnet-0d"]
    alb_arn               = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/pilot/0123456789abcdef"
    alb_security_group_id = "sg-0a"
    listener_arn          = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pilot/0123456789abcdef/0123456789abcdef"
  }
}

run "a_load_balancer_of_another_kind" {
  command = plan

  variables {
    load_balancer = "network"
  }

  expect_failures = [var.load_balancer]
}

run "more_values_than_a_rule_has" {
  command = plan

  variables {
    route = { paths = ["/1", "/2", "/3", "/4", "/5", "/6"] }
  }

  expect_failures = [var.route]
}

run "a_priority_out_of_range" {
  command = plan

  variables {
    route = { priority = 50001 }
  }

  expect_failures = [var.route]
}

run "a_protocol_that_does_not_exist" {
  command = plan

  variables {
    route = { protocol = "HTTP3" }
  }

  expect_failures = [var.route]
}

run "a_slow_start_too_short" {
  command = plan

  variables {
    route = { slow_start = 10 }
  }

  expect_failures = [var.route]
}

run "a_slow_start_of_sockets" {
  command = plan

  variables {
    route = { slow_start = 60, sockets = true }
  }

  expect_failures = [var.route]
}

run "a_cookie_for_longer_than_a_week" {
  command = plan

  variables {
    route = { stickiness = 604801 }
  }

  expect_failures = [var.route]
}

run "an_idle_timeout_of_its_own_on_what_is_shared" {
  command = plan

  variables {
    route = { idle_timeout = 120 }
  }

  expect_failures = [var.route]
}

run "an_idle_timeout_out_of_range" {
  command = plan

  variables {
    route         = { idle_timeout = 5000 }
    load_balancer = "dedicated"
  }

  expect_failures = [var.route]
}

run "a_proxy_that_cuts_requests" {
  command = plan

  variables {
    platform = {
      cluster_arn           = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
      cluster_name          = "pilot"
      vpc_id                = "vpc-0a"
      alb_security_group_id = "sg-0a"
      subnet_ids            = ["subnet-0a", "subnet-0b"]
      namespace_arn         = "arn:aws:servicediscovery:us-east-1:123456789012:namespace/ns-0123456789abcdef"
      listener_arn          = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pilot/0123456789abcdef/0123456789abcdef"
    }
    service_connect = { request_timeout = 10 }
  }

  expect_failures = [var.service_connect]
}

run "a_shared_balancer_that_is_not_there" {
  command = plan

  variables {
    platform = {
      cluster_arn           = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
      cluster_name          = "pilot"
      vpc_id                = "vpc-0a"
      alb_security_group_id = "sg-0a"
      subnet_ids            = ["subnet-0a", "subnet-0b"]
    }
  }

  expect_failures = [var.load_balancer]
}

run "a_dedicated_balancer_without_public_subnets" {
  command = plan

  variables {
    platform = {
      cluster_arn           = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
      cluster_name          = "pilot"
      vpc_id                = "vpc-0a"
      alb_security_group_id = "sg-0a"
      subnet_ids            = ["subnet-0a", "subnet-0b"]
      listener_arn          = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pilot/0123456789abcdef/0123456789abcdef"
    }
    load_balancer = "dedicated"
  }

  expect_failures = [var.route]
}

run "service_connect_without_a_namespace" {
  command = plan

  variables {
    service_connect = {}
  }

  expect_failures = [var.service_connect]
}
