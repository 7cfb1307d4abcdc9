################################################################################
# What the service itself sends to CloudWatch, for scaling: in percent of its
# in-flight limit, and in messages, every 10 seconds by every task
################################################################################

locals {
  own_backlog = try(var.scaling.queue.dimensions, {}) == null
  own_metrics = compact([var.scaling.burst == null ? "" : "RequestsInFlightShare", local.own_backlog ? "QueueBacklogPerTask" : ""])
  sends       = length(local.own_metrics) > 0

  metrics = {
    namespace  = "Chassis"
    dimensions = { Service = var.name, Environment = var.environment }
  }

  # Keys of chassis-aws: a service without it refuses to start, instead of never being scaled.
  metrics_environment = !local.sends ? {} : {
    CHASSIS_CLOUDWATCH_ENVIRONMENT       = var.environment
    CHASSIS_CLOUDWATCH_SCALING_NAMESPACE = local.metrics.namespace
  }

  # PutMetricData knows no resources, only the namespace as a condition.
  metrics_statements = [{
    Effect    = "Allow"
    Action    = ["cloudwatch:PutMetricData"]
    Resource  = ["*"]
    Condition = { StringEquals = { "cloudwatch:namespace" = local.metrics.namespace } }
  }]
}
