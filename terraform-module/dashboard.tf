################################################################################
# Dashboard: one row a question
################################################################################

locals {
  widgets_task = [
    { title = "How many tasks", stat = "SampleCount", metrics = [["AWS/ECS", "CPUUtilization", "ClusterName", var.platform.cluster_name, "ServiceName", var.name]] },
    { title = "CPU and memory, percent", stat = "Average", metrics = [for metric in ["CPUUtilization", "MemoryUtilization"] : ["AWS/ECS", metric, "ClusterName", var.platform.cluster_name, "ServiceName", var.name]] },
    { title = "Drains that abandoned work", stat = "Sum", metrics = [["Chassis/${local.id}", "AbandonedDrains"]] },
  ]

  widgets_http = [
    for widget in [
      { title = "Requests", stat = "Sum", metrics = ["RequestCount"] },
      { title = "Latency p99, seconds", stat = "p99", metrics = ["TargetResponseTime"] },
      { title = "5xx of the service and 5xx connecting to it", stat = "Sum", metrics = ["HTTPCode_Target_5XX_Count", "TargetConnectionErrorCount"] },
    ] :
    merge(widget, { metrics = [for metric in widget.metrics : ["AWS/ApplicationELB", metric, "LoadBalancer", local.alb_suffix, "TargetGroup", local.target_group_suffix]] })
  ]

  widgets = concat(local.http ? local.widgets_http : [], local.widgets_task)
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.alarms.dashboard ? 1 : 0

  dashboard_name = local.id
  dashboard_body = jsonencode({
    widgets = [
      for i, widget in local.widgets : {
        type   = "metric"
        x      = 8 * (i % 3)
        y      = 6 * floor(i / 3)
        width  = 8
        height = 6
        properties = {
          title   = widget.title
          stat    = widget.stat
          period  = 60
          region  = local.region
          view    = "timeSeries"
          metrics = widget.metrics
        }
      }
    ]
  })
}
