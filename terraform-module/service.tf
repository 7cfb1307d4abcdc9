################################################################################
# The service as data: for the service resource here, or for that of
# modules/blue-green
################################################################################

locals {
  service = {
    name                = var.name
    cluster             = var.platform.cluster_arn
    cluster_name        = var.platform.cluster_name
    task_definition     = aws_ecs_task_definition.this.arn
    desired_count       = var.scaling.min
    min_healthy_percent = var.deployment.min_healthy_percent
    max_percent         = local.max_percent
    health_check_grace  = local.http ? module.drain.timing.health_check_grace : null
    zone_rebalancing    = var.hazelcast == null ? "ENABLED" : "DISABLED" # it stops members on its own account
    exec                = var.exec
    capacity            = local.capacity
    subnet_ids          = var.platform.subnet_ids
    security_group_ids  = [aws_security_group.task.id]
    assign_public_ip    = var.platform.assign_public_ip
    target_groups       = local.http ? [aws_lb_target_group.this[0].arn] : []
    container_name      = var.name
    container_port      = var.container.port
    rollback_alarms     = var.deployment.rollback_on_alarm ? local.rollback_alarms : []
    tags                = local.tags
  }

  on_demand = { provider = "FARGATE", base = try(var.spot.on_demand_base, 0), weight = try(var.spot.on_demand_weight, 1) }

  capacity = concat(
    [local.on_demand],
    var.spot == null ? [] : [{ provider = "FARGATE_SPOT", base = 0, weight = var.spot.spot_weight }],
  )
}
