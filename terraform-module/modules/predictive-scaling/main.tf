################################################################################
# Tasks before the daily and weekly pattern needs them. Forecasts need a day of
# history; two weeks make them good.
################################################################################

resource "aws_appautoscaling_policy" "this" {
  name               = "${var.scaling.id}-predictive"
  policy_type        = "PredictiveScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${var.scaling.cluster_name}/${var.scaling.service_name}"

  predictive_scaling_policy_configuration {
    mode                         = var.mode
    scheduling_buffer_time       = var.ahead
    max_capacity_breach_behavior = "HonorMaxCapacity"

    metric_specification {
      target_value = var.cpu_target

      predefined_metric_pair_specification {
        predefined_metric_type = "ECSServiceCPUUtilization"
      }
    }
  }
}
