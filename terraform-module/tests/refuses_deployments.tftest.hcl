# What would not deploy or scale

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

run "an_owner_of_the_image_nobody_knows" {
  command = plan

  variables {
    deployment = { image_owner = "jenkins" }
  }

  expect_failures = [var.deployment]
}

run "a_controller_nobody_knows" {
  command = plan

  variables {
    deployment = { controller = "CODE_DEPLOY" }
  }

  expect_failures = [var.deployment]
}

run "too_few_healthy_tasks" {
  command = plan

  variables {
    deployment = { min_healthy_percent = 40 }
  }

  expect_failures = [var.deployment]
}

run "too_many_tasks_at_once" {
  command = plan

  variables {
    deployment = { max_percent = 300 }
  }

  expect_failures = [var.deployment]
}

run "a_start_that_never_ends" {
  command = plan

  variables {
    deployment = { start_seconds = 301 }
  }

  expect_failures = [var.deployment]
}

run "a_deployment_without_room" {
  command = plan

  variables {
    deployment = { max_percent = 120 }
    scaling    = { min = 2, max = 4 }
  }

  expect_failures = [terraform_data.relations]
}

run "a_spot_share_of_nothing" {
  command = plan

  variables {
    spot = { spot_weight = 0 }
  }

  expect_failures = [var.spot]
}

run "hazelcast_on_spot" {
  command = plan

  variables {
    spot      = {}
    hazelcast = {}
    scaling   = { min = 3, max = 3 }
  }

  expect_failures = [var.spot]
}

run "more_members_at_once_than_backups" {
  command = plan

  variables {
    hazelcast = {}
    scaling   = { min = 2, max = 10 }
  }

  expect_failures = [terraform_data.relations]
}

run "more_tasks_than_targets" {
  command = plan

  variables {
    scaling = { max = 1001 }
  }

  expect_failures = [var.scaling]
}

run "a_floor_above_the_ceiling" {
  command = plan

  variables {
    scaling = { min = 11, max = 10 }
  }

  expect_failures = [var.scaling]
}

run "a_cpu_target_that_leaves_no_room" {
  command = plan

  variables {
    scaling = { cpu_target = 95 }
  }

  expect_failures = [var.scaling]
}

run "a_request_target_of_nothing" {
  command = plan

  variables {
    scaling = { requests_per_target = 0 }
  }

  expect_failures = [var.scaling]
}

run "requests_of_a_worker" {
  command = plan

  variables {
    scaling       = { requests_per_target = 100 }
    load_balancer = "none"
  }

  expect_failures = [var.scaling]
}

run "a_cooldown_of_a_day" {
  command = plan

  variables {
    scaling = { scale_in_cooldown = 86400 }
  }

  expect_failures = [var.scaling]
}

run "a_queue_that_is_always_late" {
  command = plan

  variables {
    scaling = { queue = { dimensions = { Queue = "q" }, latency = 1, processing_time = 2 } }
  }

  expect_failures = [var.scaling]
}

run "a_burst_beyond_the_ceiling" {
  command = plan

  variables {
    scaling = { burst = { steps = [{ from = 70, add = 9 }] } }
  }

  expect_failures = [var.scaling]
}

run "bursts_in_disorder" {
  command = plan

  variables {
    scaling = { burst = { steps = [{ from = 90, add = 5 }, { from = 70, add = 6 }] } }
  }

  expect_failures = [var.scaling]
}

run "an_event_without_a_schedule" {
  command = plan

  variables {
    events = { final = { start = "tomorrow", end = "at(2027-01-01T00:00:00)", min = 5 } }
  }

  expect_failures = [var.events]
}

run "an_event_below_the_floor" {
  command = plan

  variables {
    events = { final = { start = "at(2026-12-31T00:00:00)", end = "at(2027-01-01T00:00:00)", min = 1 } }
  }

  expect_failures = [var.events]
}

run "nothing_that_wakes_the_first_task" {
  command = plan

  variables {
    scaling       = { min = 0 }
    load_balancer = "none"
  }

  expect_failures = [terraform_data.relations]
}

run "nobody_who_answers" {
  command = plan

  variables {
    scaling = { min = 0, queue = { dimensions = { Queue = "q" }, latency = 10, processing_time = 1 } }
  }

  expect_failures = [terraform_data.relations]
}

run "more_connections_than_the_database_has" {
  command = plan

  variables {
    database = { max_connections = 100, pool_size = 10 }
  }

  expect_failures = [terraform_data.relations]
}

run "a_later_step_that_adds_less" {
  command = plan

  variables {
    scaling = { burst = { steps = [{ from = 70, add = 5 }, { from = 90, add = 4 }] } }
  }

  expect_failures = [var.scaling]
}

run "a_share_above_a_hundred" {
  command = plan

  variables {
    scaling = { burst = { steps = [{ from = 200, add = 5 }] } }
  }

  expect_failures = [var.scaling]
}

run "a_burst_of_a_worker" {
  command = plan

  variables {
    load_balancer = "none"
    scaling       = { burst = { steps = [{ from = 70, add = 5 }] } }
  }

  expect_failures = [var.scaling]
}

run "a_metric_of_the_broker_without_dimensions" {
  command = plan

  variables {
    scaling = { queue = { metric = "ApproximateNumberOfMessagesVisible", namespace = "AWS/SQS", latency = 10, processing_time = 1 } }
  }

  expect_failures = [var.scaling]
}

run "none_running_and_only_tasks_to_wake_them" {
  command = plan

  variables {
    load_balancer = "none"
    scaling       = { min = 0, queue = { latency = 10, processing_time = 1 } }
  }

  expect_failures = [terraform_data.relations]
}
