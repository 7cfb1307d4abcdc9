# What only version 6 of the AWS provider has.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "a_canary_of_a_tenth" {
  command = plan

  module {
    source = "./examples/blue-green"
  }
}

run "a_strategy_nobody_knows" {
  command = plan

  module {
    source = "./modules/blue-green"
  }

  variables {
    strategy = "SHADOW"
    scaling  = { id = "a", min = 1, max = 2, high_resolution = false, scale_in_cooldown = 0, scale_out_cooldown = 0, tags = {}, events = {} }
    service = {
      name                = "orders"
      cluster             = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
      cluster_name        = "pilot"
      task_definition     = "arn:aws:ecs:us-east-1:123456789012:task-definition/orders-dev:1"
      desired_count       = 2
      min_healthy_percent = 100
      zone_rebalancing    = "ENABLED"
      exec                = false
      capacity            = [{ provider = "FARGATE", base = 0, weight = 1 }]
      subnet_ids          = ["subnet-0a", "subnet-0b"]
      security_group_ids  = ["sg-0a"]
      assign_public_ip    = false
      container_name      = "orders"
      container_port      = 8080
      rollback_alarms     = []
      listener_arn        = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pilot/0123456789abcdef/0123456789abcdef"
      priority            = 1
      paths               = ["/*"]
      hosts               = []
      blue_target_group   = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders-dev-8080/0123456789abcdef"
      green_target_group  = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders-dev-8080b/0123456789abcdef"
      tags                = {}
    }
  }

  expect_failures = [var.strategy]
}
