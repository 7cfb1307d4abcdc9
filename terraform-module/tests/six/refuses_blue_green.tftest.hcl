# What modules/blue-green refuses

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  scaling = { id = "a", min = 1, max = 2, high_resolution = false, scale_in_cooldown = 0, scale_out_cooldown = 0, tags = {}, events = {} }

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

run "a_strategy_nobody_knows" {
  command = plan

  module {
    source = "./modules/blue-green"
  }

  variables {
    strategy = "SHADOW"
  }

  expect_failures = [var.strategy]
}

run "a_first_step_of_a_hundredth" {
  command = plan

  module {
    source = "./modules/blue-green"
  }

  variables {
    percent = 1
  }

  expect_failures = [var.percent]
}

run "a_bake_of_two_days" {
  command = plan

  module {
    source = "./modules/blue-green"
  }

  variables {
    bake_minutes = 2880
  }

  expect_failures = [var.bake_minutes]
}

run "a_worker_that_has_no_traffic" {
  command = plan

  module {
    source = "./modules/blue-green"
  }

  variables {
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
      priority            = 1
      paths               = ["/*"]
      hosts               = []
      blue_target_group   = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders-dev-8080/0123456789abcdef"
      green_target_group  = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders-dev-8080b/0123456789abcdef"
      tags                = {}
    }
  }

  expect_failures = [var.service]
}
