################################################################################
# Task definition
################################################################################

resource "aws_ecs_task_definition" "this" {
  family                   = local.id
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.size.cpu
  memory                   = var.size.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode(local.containers)
  track_latest             = local.ci # what CI registered is the latest, and the same but for the image
  tags                     = local.tags

  runtime_platform {
    cpu_architecture        = var.size.architecture
    operating_system_family = "LINUX"
  }

  dynamic "ephemeral_storage" {
    for_each = var.size.ephemeral_storage > 20 ? [var.size.ephemeral_storage] : []

    content {
      size_in_gib = ephemeral_storage.value
    }
  }

  lifecycle {
    precondition {
      condition     = local.size_legal
      error_message = "size is ${var.size.cpu} CPU units with ${var.size.memory} MiB: Fargate has none like that; the nearest are ${local.sizes_near}."
    }

    precondition {
      condition     = !var.exec || !var.container.read_only_root
      error_message = "exec with container.read_only_root: ECS Exec writes to the root file system; expected one of them."
    }

    precondition {
      condition     = var.container.tmp_mib + (var.collector == null ? 0 : var.collector.memory) <= var.size.memory / 2
      error_message = "container.tmp_mib ${var.container.tmp_mib} and the collector's ${var.collector == null ? 0 : var.collector.memory} MiB: expected at most half of size.memory, ${var.size.memory}; the JVM needs the rest."
    }
  }
}

################################################################################
# Service
################################################################################

resource "aws_ecs_service" "this" {
  count = local.managed ? 1 : 0

  name                               = local.service.name
  cluster                            = local.service.cluster
  task_definition                    = local.service.task_definition
  desired_count                      = local.service.desired_count
  deployment_minimum_healthy_percent = local.service.min_healthy_percent
  deployment_maximum_percent         = local.service.max_percent
  health_check_grace_period_seconds  = local.service.health_check_grace
  availability_zone_rebalancing      = local.service.zone_rebalancing
  enable_execute_command             = local.service.exec
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"
  wait_for_steady_state              = var.deployment.wait
  force_new_deployment               = true # what AWS asks of a change of the capacity providers
  tags                               = local.service.tags

  # Always a strategy: from launch_type, or from none, to one would replace the service.
  dynamic "capacity_provider_strategy" {
    for_each = local.service.capacity

    content {
      capacity_provider = capacity_provider_strategy.value.provider
      base              = capacity_provider_strategy.value.base
      weight            = capacity_provider_strategy.value.weight
    }
  }

  network_configuration {
    subnets          = local.service.subnet_ids
    security_groups  = local.service.security_group_ids
    assign_public_ip = local.service.assign_public_ip
  }

  dynamic "load_balancer" {
    for_each = local.service.target_groups

    content {
      target_group_arn = load_balancer.value
      container_name   = local.service.container_name
      container_port   = local.service.container_port
    }
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  dynamic "alarms" {
    for_each = length(local.service.rollback_alarms) > 0 ? [local.service.rollback_alarms] : []

    content {
      alarm_names = alarms.value
      enable      = true
      rollback    = true
    }
  }

  dynamic "service_connect_configuration" {
    for_each = var.service_connect == null ? [] : [var.service_connect]

    content {
      enabled   = true
      namespace = var.platform.namespace_arn

      service {
        port_name      = "http"
        discovery_name = var.name

        client_alias {
          dns_name = var.name
          port     = var.container.port
        }

        timeout {
          idle_timeout_seconds        = service_connect_configuration.value.idle_timeout
          per_request_timeout_seconds = service_connect_configuration.value.request_timeout
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [desired_count] # the autoscaler's
  }

  depends_on = [
    aws_iam_role_policy.execution,
    aws_lb_listener_rule.this,
    terraform_data.relations,
  ]
}
