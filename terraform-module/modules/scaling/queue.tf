################################################################################
# Backlog per task: messages that wait, by tasks that run. A task clears
# latency / processing_time × concurrency of them in time.
################################################################################

locals {
  of_broker = try(var.settings.queue.dimensions, null) != null
  per_task  = try(floor(var.settings.queue.latency / var.settings.queue.processing_time * var.settings.queue.concurrency), 0)
}

resource "aws_appautoscaling_policy" "queue" {
  count = local.of_broker ? 1 : 0

  name               = "${var.settings.id}-queue"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = local.per_task
    scale_in_cooldown  = var.settings.scale_in_cooldown
    scale_out_cooldown = var.settings.scale_out_cooldown

    customized_metric_specification {
      metrics {
        id          = "waiting"
        return_data = false

        metric_stat {
          stat = "Average"

          metric {
            namespace   = var.settings.queue.namespace
            metric_name = var.settings.queue.metric

            dynamic "dimensions" {
              for_each = var.settings.queue.dimensions

              content {
                name  = dimensions.key
                value = dimensions.value
              }
            }
          }
        }
      }

      # Every task reports its CPU once a minute: how many samples there are is how many tasks run, and costs nothing.
      metrics {
        id          = "tasks"
        return_data = false

        metric_stat {
          stat = "SampleCount"

          metric {
            namespace   = "AWS/ECS"
            metric_name = "CPUUtilization"

            dimensions {
              name  = "ClusterName"
              value = var.cluster_name
            }

            dimensions {
              name  = "ServiceName"
              value = var.service_name
            }
          }
        }
      }

      metrics {
        id          = "backlog"
        label       = "Backlog per task"
        expression  = "waiting / IF(FILL(tasks, 0) > 0, tasks, 1)"
        return_data = true
      }
    }
  }
}

# Target tracking divides by the tasks that run and does not start at none: the first message wakes the first task.
resource "aws_appautoscaling_policy" "wake" {
  count = local.of_broker && var.settings.min == 0 ? 1 : 0

  name               = "${var.settings.id}-wake"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  step_scaling_policy_configuration {
    adjustment_type         = "ChangeInCapacity"
    cooldown                = 60
    metric_aggregation_type = "Maximum"

    step_adjustment {
      metric_interval_lower_bound = 0
      scaling_adjustment          = 1
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "wake" {
  count = local.of_broker && var.settings.min == 0 ? 1 : 0

  alarm_name          = "${var.settings.id}-wake"
  alarm_description   = "Messages wait and no task runs"
  namespace           = var.settings.queue.namespace
  metric_name         = var.settings.queue.metric
  dimensions          = var.settings.queue.dimensions
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_appautoscaling_policy.wake[0].arn]
  tags                = var.settings.tags
}

################################################################################
# Backlog per task as the service sends it: for a broker outside of AWS
################################################################################

resource "aws_appautoscaling_policy" "own_queue" {
  count = var.settings.queue != null && !local.of_broker ? 1 : 0

  name               = "${var.settings.id}-queue"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = local.per_task
    scale_in_cooldown  = var.settings.scale_in_cooldown
    scale_out_cooldown = var.settings.scale_out_cooldown

    customized_metric_specification {
      namespace   = var.settings.metrics.namespace
      metric_name = "QueueBacklogPerTask"
      statistic   = "Average"

      dynamic "dimensions" {
        for_each = var.settings.metrics.dimensions

        content {
          name  = dimensions.key
          value = dimensions.value
        }
      }
    }
  }
}
