# What modules/load-balancer refuses

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name       = "orders-dev"
  vpc_id     = "vpc-0a"
  subnet_ids = ["subnet-0a", "subnet-0b"]
  https      = false
}

run "a_balancer_with_capitals" {
  command = plan

  module {
    source = "./modules/load-balancer"
  }

  variables {
    name = "Orders"
  }

  expect_failures = [var.name]
}

run "a_balancer_in_one_subnet" {
  command = plan

  module {
    source = "./modules/load-balancer"
  }

  variables {
    subnet_ids = ["subnet-0a"]
  }

  expect_failures = [aws_lb.this]
}

run "clients_that_are_no_network" {
  command = plan

  module {
    source = "./modules/load-balancer"
  }

  variables {
    ingress_cidrs = ["anywhere"]
  }

  expect_failures = [var.ingress_cidrs]
}

run "a_connection_idle_for_a_day" {
  command = plan

  module {
    source = "./modules/load-balancer"
  }

  variables {
    idle_timeout = 86400
  }

  expect_failures = [var.idle_timeout]
}

run "https_without_a_certificate" {
  command = plan

  module {
    source = "./modules/load-balancer"
  }

  variables {
    https = true
  }

  expect_failures = [aws_lb.this]
}
