################################################################################
# Alarms. The first three roll a deployment back.
################################################################################

locals {
  service_dimensions = { ClusterName = var.platform.cluster_name, ServiceName = var.name }
  alb_dimensions     = { LoadBalancer = local.alb_suffix, TargetGroup = local.target_group_suffix }
  rollback_alarms    = local.http ? [for kind in ["errors", "latency", "unhealthy"] : "${local.id}-${kind}"] : []

  alarms_http = {
    latency = {
      about     = "The slowest hundredth of requests takes longer than ${var.alarms.latency_p99} s"
      namespace = "AWS/ApplicationELB", metric = "TargetResponseTime", dimensions = local.alb_dimensions
      statistic = null, extended = "p99", above = true, threshold = var.alarms.latency_p99, periods = 3, points = 2
    }
    unhealthy = {
      about     = "Tasks fail the load balancer's health check"
      namespace = "AWS/ApplicationELB", metric = "UnHealthyHostCount", dimensions = local.alb_dimensions
      statistic = "Maximum", extended = null, above = true, threshold = 0, periods = 5, points = 3
    }
    none-healthy = {
      about     = "No task takes requests"
      namespace = "AWS/ApplicationELB", metric = "HealthyHostCount", dimensions = local.alb_dimensions
      statistic = "Minimum", extended = null, above = false, threshold = 1, periods = 2, points = 2
    }
  }

  alarms_task = {
    cpu = {
      about     = "CPU is short although the autoscaler had its chance"
      namespace = "AWS/ECS", metric = "CPUUtilization", dimensions = local.service_dimensions
      statistic = "Average", extended = null, above = true, threshold = var.alarms.cpu, periods = 10, points = 8
    }
    memory = {
      about     = "Memory is short: the next step is exit code 137"
      namespace = "AWS/ECS", metric = "MemoryUtilization", dimensions = local.service_dimensions
      statistic = "Maximum", extended = null, above = true, threshold = var.alarms.memory, periods = 5, points = 3
    }
  }

  alarms_logs = {
    abandoned-drains = {
      about     = "A task ended with work unfinished: see its drain_report"
      namespace = "Chassis/${local.id}", metric = "AbandonedDrains", dimensions = {}
      statistic = "Sum", extended = null, above = true, threshold = 0, periods = 1, points = 1
    }
  }

  alarms_queue = {
    backlog = {
      about      = "Messages wait, and the autoscaler does not get them done"
      namespace  = local.own_backlog ? local.metrics.namespace : try(var.scaling.queue.namespace, null)
      metric     = local.own_backlog ? "QueueBacklogPerTask" : try(var.scaling.queue.metric, null)
      dimensions = local.own_backlog ? local.metrics.dimensions : try(var.scaling.queue.dimensions, {})
      statistic  = "Average", extended = null, above = true, periods = 10, points = 10
      threshold  = try((local.own_backlog ? 1 : var.scaling.max) * var.scaling.queue.latency / var.scaling.queue.processing_time * var.scaling.queue.concurrency, 0)
    }
  }

  alarms = merge(
    local.alarms_task,
    local.http ? local.alarms_http : {},
    var.logs.class == "STANDARD" ? local.alarms_logs : {},
    var.scaling.queue == null ? {} : local.alarms_queue,
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${local.id}-${each.key}"
  alarm_description   = each.value.about
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  extended_statistic  = each.value.extended
  period              = 60
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.points
  comparison_operator = each.value.above ? "GreaterThanThreshold" : "LessThanThreshold"
  threshold           = each.value.threshold
  treat_missing_data  = each.value.above ? "notBreaching" : "breaching"
  alarm_actions       = var.alarms.topics
  ok_actions          = var.alarms.topics
  tags                = local.tags
}

# A share, so that it means the same at night and in the final over.
resource "aws_cloudwatch_metric_alarm" "errors" {
  count = local.http ? 1 : 0

  alarm_name          = "${local.id}-errors"
  alarm_description   = "More than ${var.alarms.error_percent} % of requests are answered 5xx"
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alarms.error_percent
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarms.topics
  ok_actions          = var.alarms.topics
  tags                = local.tags

  metric_query {
    id          = "share"
    label       = "5xx in percent"
    expression  = "100 * FILL(errors, 0) / requests"
    return_data = true
  }

  metric_query {
    id = "errors"

    metric {
      namespace   = "AWS/ApplicationELB"
      metric_name = "HTTPCode_Target_5XX_Count"
      dimensions  = local.alb_dimensions
      stat        = "Sum"
      period      = 60
    }
  }

  metric_query {
    id = "requests"

    metric {
      namespace   = "AWS/ApplicationELB"
      metric_name = "RequestCount"
      dimensions  = local.alb_dimensions
      stat        = "Sum"
      period      = 60
    }
  }
}
