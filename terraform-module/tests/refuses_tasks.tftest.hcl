# What a task and its container may not be

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

run "a_cpu_that_fargate_does_not_have" {
  command = plan

  variables {
    size = { cpu = 300, memory = 700 }
  }

  expect_failures = [var.size]
}

run "an_architecture_that_does_not_exist" {
  command = plan

  variables {
    size = { architecture = "arm" }
  }

  expect_failures = [var.size]
}

run "more_ephemeral_storage_than_there_is" {
  command = plan

  variables {
    size = { ephemeral_storage = 201 }
  }

  expect_failures = [var.size]
}

run "a_memory_that_does_not_go_with_the_cpu" {
  command = plan

  variables {
    size = { cpu = 512, memory = 8192 }
  }

  expect_failures = [aws_ecs_task_definition.this]
}

run "the_admin_port_for_requests" {
  command = plan

  variables {
    container = { port = 8081 }
  }

  expect_failures = [var.container]
}

run "root" {
  command = plan

  variables {
    container = { user = "0:0" }
  }

  expect_failures = [var.container]
}

run "a_tmp_too_small_for_a_jvm" {
  command = plan

  variables {
    container = { tmp_mib = 8 }
  }

  expect_failures = [var.container]
}

run "a_tmp_that_leaves_the_jvm_too_little" {
  command = plan

  variables {
    container = { tmp_mib = 600 }
  }

  expect_failures = [aws_ecs_task_definition.this]
}

run "a_variable_in_lower_case" {
  command = plan

  variables {
    environment_variables = { lower = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "a_number_of_the_drain_past_the_contract" {
  command = plan

  variables {
    environment_variables = { CHASSIS_DRAIN_BUDGET = "60s" }
  }

  expect_failures = [var.environment_variables]
}

run "a_password_in_plain_sight" {
  command = plan

  variables {
    environment_variables = { CHASSIS_JDBC_PASSWORD = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "a_secret_from_nowhere" {
  command = plan

  variables {
    secrets = { PASSWORD = "hunter2" }
  }

  expect_failures = [var.secrets]
}

run "a_name_that_is_both_secret_and_not" {
  command = plan

  variables {
    secrets               = { URL = "/orders/url" }
    environment_variables = { URL = "x" }
  }

  expect_failures = [var.secrets]
}

run "an_alias_for_a_key" {
  command = plan

  variables {
    secrets_kms_key_arns = ["arn:aws:kms:us-east-1:123456789012:alias/orders"]
  }

  expect_failures = [var.secrets_kms_key_arns]
}

run "a_service_that_may_do_everything" {
  command = plan

  variables {
    task_policy_statements = [{ actions = ["s3:*"], resources = ["*"] }]
  }

  expect_failures = [var.task_policy_statements]
}

run "hazelcast_on_the_port_of_requests" {
  command = plan

  variables {
    hazelcast = { port = 8080 }
  }

  expect_failures = [var.hazelcast]
}

run "more_backups_than_hazelcast_has" {
  command = plan

  variables {
    hazelcast = { backup_count = 7 }
  }

  expect_failures = [var.hazelcast]
}

run "a_shell_on_a_read_only_root" {
  command = plan

  variables {
    exec = true
  }

  expect_failures = [aws_ecs_task_definition.this]
}

run "a_collector_that_outlives_the_task" {
  command = plan

  variables {
    collector = { image = "otel:1", stop_timeout = 121 }
  }

  expect_failures = [var.collector]
}

run "metrics_of_another_environment" {
  command = plan

  variables {
    environment_variables = { CHASSIS_CLOUDWATCH_ENVIRONMENT = "elsewhere" }
  }

  expect_failures = [var.environment_variables]
}
