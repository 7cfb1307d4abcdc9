# What logs, alarms and money may not be

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

run "a_repository_that_forgets_what_runs" {
  command = plan

  variables {
    repository = { keep = 1 }
  }

  expect_failures = [var.repository]
}

run "a_retention_cloudwatch_does_not_have" {
  command = plan

  variables {
    logs = { retention = 10 }
  }

  expect_failures = [var.logs]
}

run "a_log_class_that_does_not_exist" {
  command = plan

  variables {
    logs = { class = "COLD" }
  }

  expect_failures = [var.logs]
}

run "a_log_mode_that_does_not_exist" {
  command = plan

  variables {
    logs = { mode = "async" }
  }

  expect_failures = [var.logs]
}

run "a_log_buffer_too_large" {
  command = plan

  variables {
    logs = { buffer_mib = 512 }
  }

  expect_failures = [var.logs]
}

run "a_topic_that_is_a_queue" {
  command = plan

  variables {
    alarms = { topics = ["arn:aws:sqs:us-east-1:123456789012:on-call"] }
  }

  expect_failures = [var.alarms]
}

run "more_errors_than_requests" {
  command = plan

  variables {
    alarms = { error_percent = 101 }
  }

  expect_failures = [var.alarms]
}

run "a_latency_of_nothing" {
  command = plan

  variables {
    alarms = { latency_p99 = 0 }
  }

  expect_failures = [var.alarms]
}

run "a_database_all_reserved" {
  command = plan

  variables {
    database = { max_connections = 10, pool_size = 10 }
  }

  expect_failures = [var.database]
}

run "a_budget_of_nothing" {
  command = plan

  variables {
    budget = 0
  }

  expect_failures = [var.budget]
}

run "an_average_beyond_the_ceiling" {
  command = plan

  variables {
    usage = { average_tasks = 11 }
  }

  expect_failures = [var.usage]
}

run "negative_usage" {
  command = plan

  variables {
    usage = { log_lines = -1 }
  }

  expect_failures = [var.usage]
}

run "a_price_nobody_knows" {
  command = plan

  variables {
    prices = { vcpu = 1 }
  }

  expect_failures = [var.prices]
}

run "a_budget_that_is_exceeded" {
  command = plan

  variables {
    budget = 10
  }

  expect_failures = [check.budget]
}

run "a_wish_that_cannot_come_true" {
  command = plan

  variables {
    scaling = { wish = { from = 1, to = 30, seconds = 60 } }
  }

  expect_failures = [check.scale_out_wish]
}

run "a_deployment_with_more_tasks_than_targets" {
  command = plan

  variables {
    scaling = { max = 1000 }
  }

  expect_failures = [check.targets]
}
