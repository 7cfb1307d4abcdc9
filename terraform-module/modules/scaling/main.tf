################################################################################
# What is scaled
################################################################################

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${var.cluster_name}/${var.service_name}"
  min_capacity       = local.floor
  max_capacity       = local.ceiling
  tags               = var.settings.tags
}

################################################################################
# Target tracking: as many tasks as the busiest of these asks for
################################################################################

locals {
  predefined = merge(
    var.settings.requests_per_target == null ? {} : {
      requests = { metric = "ALBRequestCountPerTarget", label = var.settings.request_label, target = var.settings.requests_per_target }
    },
    var.settings.cpu_target == null ? {} : {
      cpu = {
        metric = var.settings.high_resolution ? "ECSServiceAverageCPUUtilizationHighResolution" : "ECSServiceAverageCPUUtilization"
        label  = null
        target = var.settings.cpu_target
      }
    },
  )
}

resource "aws_appautoscaling_policy" "predefined" {
  for_each = local.predefined

  name               = "${var.settings.id}-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = each.value.target
    scale_in_cooldown  = var.settings.scale_in_cooldown
    scale_out_cooldown = var.settings.scale_out_cooldown

    predefined_metric_specification {
      predefined_metric_type = each.value.metric
      resource_label         = each.value.label
    }
  }
}
