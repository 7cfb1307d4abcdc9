# The platform

mock_provider "aws" {
  source = "./tests/mocks"
}

run "a_sandbox" {
  command = apply

  module {
    source = "./modules/platform"
  }

  variables {
    name              = "pilot"
    vpc_id            = "vpc-0a"
    subnet_ids        = ["subnet-0a", "subnet-0b"]
    public_subnet_ids = ["subnet-0a", "subnet-0b"]
  }

  assert {
    condition     = output.domain == null && output.alb_idle_timeout == 60
    error_message = "plain HTTP"
  }

  assert {
    condition     = toset(aws_ecs_cluster_capacity_providers.this.capacity_providers) == toset(["FARGATE", "FARGATE_SPOT"])
    error_message = "both providers"
  }
}

run "a_domain_gives_https" {
  command = apply

  module {
    source = "./modules/platform"
  }

  variables {
    name              = "pilot"
    vpc_id            = "vpc-0a"
    subnet_ids        = ["subnet-0a", "subnet-0b"]
    public_subnet_ids = ["subnet-0a", "subnet-0b"]
    domain            = { name = "games.example.com", zone_id = "Z0" }
    namespace         = true
    registry_scan     = "BASIC"
  }

  assert {
    condition     = aws_acm_certificate.this[0].domain_name == "*.games.example.com"
    error_message = "a certificate for all services"
  }

  assert {
    condition     = output.url == "https://<service>.games.example.com"
    error_message = "HTTPS"
  }
}

run "workers_only" {
  command = apply

  module {
    source = "./modules/platform"
  }

  variables {
    name              = "pilot"
    vpc_id            = "vpc-0a"
    subnet_ids        = ["subnet-0a", "subnet-0b"]
    public_subnet_ids = ["subnet-0a", "subnet-0b"]
    alb               = null
  }

  assert {
    condition     = output.listener_arn == null && output.url == null
    error_message = "no load balancer"
  }
}

run "a_platform_of_one_zone" {
  command = plan

  module {
    source = "./modules/platform"
  }

  variables {
    name              = "pilot"
    vpc_id            = "vpc-0a"
    subnet_ids        = ["subnet-0a"]
    public_subnet_ids = ["subnet-0a", "subnet-0b"]
  }

  expect_failures = [var.subnet_ids]
}

run "a_balancer_in_one_zone" {
  command = plan

  module {
    source = "./modules/platform"
  }

  variables {
    name              = "pilot"
    vpc_id            = "vpc-0a"
    subnet_ids        = ["subnet-0a", "subnet-0b"]
    public_subnet_ids = ["subnet-0a"]
  }

  expect_failures = [var.public_subnet_ids]
}

run "a_domain_with_a_wildcard" {
  command = plan

  module {
    source = "./modules/platform"
  }

  variables {
    name              = "pilot"
    vpc_id            = "vpc-0a"
    subnet_ids        = ["subnet-0a", "subnet-0b"]
    public_subnet_ids = ["subnet-0a", "subnet-0b"]
    domain            = { name = "*.example.com", zone_id = "Z0" }
  }

  expect_failures = [var.domain]
}

run "no_capacity" {
  command = plan

  module {
    source = "./modules/platform"
  }

  variables {
    name               = "pilot"
    vpc_id             = "vpc-0a"
    subnet_ids         = ["subnet-0a", "subnet-0b"]
    public_subnet_ids  = ["subnet-0a", "subnet-0b"]
    capacity_providers = { on_demand_weight = 0 }
  }

  expect_failures = [var.capacity_providers]
}

run "insights_of_another_kind" {
  command = plan

  module {
    source = "./modules/platform"
  }

  variables {
    name               = "pilot"
    vpc_id             = "vpc-0a"
    subnet_ids         = ["subnet-0a", "subnet-0b"]
    public_subnet_ids  = ["subnet-0a", "subnet-0b"]
    container_insights = "full"
  }

  expect_failures = [var.container_insights]
}

run "a_scan_of_another_kind" {
  command = plan

  module {
    source = "./modules/platform"
  }

  variables {
    name              = "pilot"
    vpc_id            = "vpc-0a"
    subnet_ids        = ["subnet-0a", "subnet-0b"]
    public_subnet_ids = ["subnet-0a", "subnet-0b"]
    registry_scan     = "DEEP"
  }

  expect_failures = [var.registry_scan]
}

run "a_platform_in_capitals" {
  command = plan

  module {
    source = "./modules/platform"
  }

  variables {
    name              = "Pilot"
    vpc_id            = "vpc-0a"
    subnet_ids        = ["subnet-0a", "subnet-0b"]
    public_subnet_ids = ["subnet-0a", "subnet-0b"]
  }

  expect_failures = [var.name]
}

run "a_vpc_by_its_name" {
  command = plan

  module {
    source = "./modules/platform"
  }

  variables {
    name              = "pilot"
    vpc_id            = "main"
    subnet_ids        = ["subnet-0a", "subnet-0b"]
    public_subnet_ids = ["subnet-0c", "subnet-0d"]
  }

  expect_failures = [var.vpc_id]
}

run "a_shared_balancer_that_never_idles" {
  command = plan

  module {
    source = "./modules/platform"
  }

  variables {
    name              = "pilot"
    vpc_id            = "vpc-0a"
    subnet_ids        = ["subnet-0a", "subnet-0b"]
    public_subnet_ids = ["subnet-0c", "subnet-0d"]
    alb               = { idle_timeout = 5000 }
  }

  expect_failures = [var.alb]
}

run "a_shared_balancer_for_too_many" {
  command = plan

  module {
    source = "./modules/platform"
  }

  variables {
    name              = "pilot"
    vpc_id            = "vpc-0a"
    subnet_ids        = ["subnet-0a", "subnet-0b"]
    public_subnet_ids = ["subnet-0c", "subnet-0d"]
    alb               = { services = 101 }
  }

  expect_failures = [var.alb]
}

run "tags_the_platform_sets" {
  command = plan

  module {
    source = "./modules/platform"
  }

  variables {
    name              = "pilot"
    vpc_id            = "vpc-0a"
    subnet_ids        = ["subnet-0a", "subnet-0b"]
    public_subnet_ids = ["subnet-0c", "subnet-0d"]
    tags              = { ManagedBy = "hand" }
  }

  expect_failures = [var.tags]
}
