################################################################################
# Bursts: the share of its in-flight limit that the service sends every 10
# seconds, and so many tasks more from each threshold on, at once
################################################################################

resource "aws_appautoscaling_policy" "burst" {
  count = var.settings.burst == null ? 0 : 1

  name               = "${var.settings.id}-burst"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  step_scaling_policy_configuration {
    adjustment_type         = "ChangeInCapacity" # a number of tasks to be would be fewer, where target tracking has been before
    cooldown                = var.settings.ready # what was added counts as added until it can lower the share
    metric_aggregation_type = "Average"

    dynamic "step_adjustment" {
      for_each = local.steps

      content {
        metric_interval_lower_bound = step_adjustment.value.lower
        metric_interval_upper_bound = step_adjustment.value.upper
        scaling_adjustment          = step_adjustment.value.add
      }
    }
  }
}

locals {
  thresholds = var.settings.burst == null ? [] : var.settings.burst.steps

  # Bounds count from the alarm's threshold, which is the first step's.
  steps = [
    for i, step in local.thresholds : {
      lower = step.from - local.thresholds[0].from
      upper = i + 1 < length(local.thresholds) ? local.thresholds[i + 1].from - local.thresholds[0].from : null
      add   = step.add
    }
  ]
}

# Without a unit, though percent are sent: an alarm with one is silent when another is sent.
resource "aws_cloudwatch_metric_alarm" "burst" {
  count = var.settings.burst == null ? 0 : 1

  alarm_name          = "${var.settings.id}-burst"
  alarm_description   = "More work arrives than target tracking sees in time"
  namespace           = var.settings.metrics.namespace
  metric_name         = "RequestsInFlightShare"
  dimensions          = var.settings.metrics.dimensions
  statistic           = "Average"
  period              = 10
  evaluation_periods  = 2
  datapoints_to_alarm = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = local.thresholds[0].from
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_appautoscaling_policy.burst[0].arn]
  tags                = var.settings.tags
}
