# What names, platform and image may not be

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

run "a_name_with_capitals" {
  command = plan

  variables {
    name = "Orders"
  }

  expect_failures = [var.name]
}

run "an_environment_with_a_hyphen" {
  command = plan

  variables {
    environment = "pre-prod"
  }

  expect_failures = [var.environment]
}

run "names_too_long_for_a_target_group" {
  command = plan

  variables {
    name        = "a-service-of-twenty"
    environment = "staging"
  }

  expect_failures = [var.environment]
}

run "a_platform_in_one_zone" {
  command = plan

  variables {
    platform = {
      cluster_arn           = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
      cluster_name          = "pilot"
      vpc_id                = "vpc-0a"
      alb_security_group_id = "sg-0a"
      subnet_ids            = ["subnet-0a"]
      listener_arn          = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pilot/0123456789abcdef/0123456789abcdef"
    }
  }

  expect_failures = [var.platform]
}

run "an_idle_timeout_the_balancer_does_not_have" {
  command = plan

  variables {
    platform = {
      cluster_arn           = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
      cluster_name          = "pilot"
      vpc_id                = "vpc-0a"
      alb_security_group_id = "sg-0a"
      subnet_ids            = ["subnet-0a", "subnet-0b"]
      alb_idle_timeout      = 4001
      listener_arn          = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pilot/0123456789abcdef/0123456789abcdef"
    }
  }

  expect_failures = [var.platform]
}

run "more_services_than_a_balancer_has_target_groups" {
  command = plan

  variables {
    platform = {
      cluster_arn           = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
      cluster_name          = "pilot"
      vpc_id                = "vpc-0a"
      alb_security_group_id = "sg-0a"
      subnet_ids            = ["subnet-0a", "subnet-0b"]
      alb_services          = 101
      listener_arn          = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pilot/0123456789abcdef/0123456789abcdef"
    }
  }

  expect_failures = [var.platform]
}

run "an_image_called_latest" {
  command = plan

  variables {
    image = "registry.example.com/orders:latest"
  }

  expect_failures = [var.image]
}

run "an_image_without_a_tag" {
  command = plan

  variables {
    image = "registry.example.com/orders"
  }

  expect_failures = [var.image]
}

run "tags_the_module_sets" {
  command = plan

  variables {
    tags = { Service = "other" }
  }

  expect_failures = [var.tags]
}

run "a_boundary_that_is_no_policy" {
  command = plan

  variables {
    permissions_boundary = "arn:aws:iam::123456789012:role/boundary"
  }

  expect_failures = [var.permissions_boundary]
}
