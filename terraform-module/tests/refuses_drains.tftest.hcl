# What does not fit into a drain

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

run "half_a_second" {
  command = plan

  variables {
    drain = { close = 1.5 }
  }

  expect_failures = [var.drain]
}

run "a_request_without_a_limit" {
  command = plan

  variables {
    drain = { request_timeout = 0 }
  }

  expect_failures = [var.drain]
}

run "no_time_to_close" {
  command = plan

  variables {
    drain = { close = 0 }
  }

  expect_failures = [var.drain]
}

run "a_long_poll_beyond_what_fargate_gives" {
  command = plan

  variables {
    drain = { request_timeout = 110, work = 10 }
    platform = {
      cluster_arn           = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
      cluster_name          = "pilot"
      vpc_id                = "vpc-0a"
      alb_security_group_id = "sg-0a"
      subnet_ids            = ["subnet-0a", "subnet-0b"]
      alb_idle_timeout      = 180
      listener_arn          = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pilot/0123456789abcdef/0123456789abcdef"
    }
  }

  expect_failures = [terraform_data.relations]
}

run "a_stop_timeout_shorter_than_the_budget" {
  command = plan

  variables {
    drain = { stop_timeout = 20 }
  }

  expect_failures = [terraform_data.relations]
}

run "a_worker_without_any_grace" {
  command = plan

  variables {
    load_balancer = "none"
    drain         = { work = 0 }
  }

  expect_failures = [terraform_data.relations]
}

run "a_request_longer_than_the_idle_timeout" {
  command = plan

  variables {
    drain = { request_timeout = 60 }
  }

  expect_failures = [terraform_data.relations]
}

run "a_keep_alive_shorter_than_the_idle_timeout" {
  command = plan

  variables {
    drain = { keep_alive = 60 }
  }

  expect_failures = [terraform_data.relations]
}

run "a_deregistration_that_cuts_requests" {
  command = plan

  variables {
    drain = { deregistration_delay = 9 }
  }

  expect_failures = [terraform_data.relations]
}

run "a_deregistration_that_idles" {
  command = plan

  variables {
    drain = { deregistration_delay = 300 }
  }

  expect_failures = [terraform_data.relations]
}

run "an_announcement_nobody_hears" {
  command = plan

  variables {
    drain = { announce = 2 }
  }

  expect_failures = [terraform_data.relations]
}

run "a_spot_task_gone_before_the_balancer_knows" {
  command = plan

  variables {
    drain = { announce = 6 }
    spot  = {}
  }

  expect_failures = [terraform_data.relations]
}

run "a_health_check_that_overlaps_itself" {
  command = plan

  variables {
    health = { timeout = 5 }
  }

  expect_failures = [terraform_data.relations]
}

run "a_grace_shorter_than_the_start" {
  command = plan

  variables {
    health = { grace = 20 }
  }

  expect_failures = [terraform_data.relations]
}

run "a_message_longer_than_the_work" {
  command = plan

  variables {
    drain = { work = 10, longest_message = 30 }
  }

  expect_failures = [terraform_data.relations]
}

run "a_collector_beyond_the_warning_of_spot" {
  command = plan

  variables {
    spot      = {}
    drain     = { work = 70 }
    collector = { image = "otel:1", stop_timeout = 30 }
  }

  expect_failures = [terraform_data.relations]
}

run "a_health_path_without_a_slash" {
  command = plan

  variables {
    health = { path = "readyz" }
  }

  expect_failures = [var.health]
}

run "a_health_interval_the_balancer_does_not_have" {
  command = plan

  variables {
    health = { interval = 4 }
  }

  expect_failures = [var.health]
}

run "a_health_timeout_the_balancer_does_not_have" {
  command = plan

  variables {
    health = { timeout = 1 }
  }

  expect_failures = [var.health]
}

run "one_check_to_be_unhealthy" {
  command = plan

  variables {
    health = { unhealthy_threshold = 1 }
  }

  expect_failures = [var.health]
}

run "sockets_that_are_cut_before_they_have_moved" {
  command = plan

  variables {
    drain = { deregistration_delay = 15 }
    route = { sockets = true }
  }

  expect_failures = [terraform_data.relations]
}
