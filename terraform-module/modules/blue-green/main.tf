################################################################################
# Service with two revisions at once
################################################################################

resource "aws_ecs_service" "this" {
  name                              = var.service.name
  cluster                           = var.service.cluster
  task_definition                   = var.service.task_definition
  desired_count                     = var.service.desired_count
  health_check_grace_period_seconds = var.service.health_check_grace
  availability_zone_rebalancing     = var.service.zone_rebalancing
  enable_execute_command            = var.service.exec
  enable_ecs_managed_tags           = true
  propagate_tags                    = "SERVICE"
  force_new_deployment              = true
  tags                              = var.service.tags

  deployment_configuration {
    strategy             = var.strategy
    bake_time_in_minutes = var.bake_minutes

    dynamic "canary_configuration" {
      for_each = var.strategy == "CANARY" ? [var.percent] : []

      content {
        canary_percent              = canary_configuration.value
        canary_bake_time_in_minutes = var.bake_minutes
      }
    }

    dynamic "linear_configuration" {
      for_each = var.strategy == "LINEAR" ? [var.percent] : []

      content {
        step_percent              = linear_configuration.value
        step_bake_time_in_minutes = var.bake_minutes
      }
    }
  }

  dynamic "capacity_provider_strategy" {
    for_each = var.service.capacity

    content {
      capacity_provider = capacity_provider_strategy.value.provider
      base              = capacity_provider_strategy.value.base
      weight            = capacity_provider_strategy.value.weight
    }
  }

  network_configuration {
    subnets          = var.service.subnet_ids
    security_groups  = var.service.security_group_ids
    assign_public_ip = var.service.assign_public_ip
  }

  load_balancer {
    target_group_arn = var.service.blue_target_group
    container_name   = var.service.container_name
    container_port   = var.service.container_port

    advanced_configuration {
      alternate_target_group_arn = var.service.green_target_group
      production_listener_rule   = aws_lb_listener_rule.this.arn
      role_arn                   = aws_iam_role.this.arn
    }
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  dynamic "alarms" {
    for_each = length(var.service.rollback_alarms) > 0 ? [var.service.rollback_alarms] : []

    content {
      alarm_names = alarms.value
      enable      = true
      rollback    = true
    }
  }

  lifecycle {
    ignore_changes = [desired_count, load_balancer] # the autoscaler's, and ECS' own: blue and green change places
  }

  depends_on = [aws_iam_role_policy_attachment.this]
}

module "scaling" {
  source = "../scaling"

  cluster_name = var.service.cluster_name
  service_name = aws_ecs_service.this.name
  settings     = var.scaling
}
