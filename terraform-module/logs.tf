################################################################################
# Logs, and what is counted in them
################################################################################

resource "aws_cloudwatch_log_group" "this" {
  name              = "/ecs/${local.id}"
  retention_in_days = var.logs.retention
  log_group_class   = var.logs.class
  kms_key_id        = var.logs.kms_key_arn
  tags              = local.tags
}

# The last line of every task: a drain that abandoned work is a broken promise.
resource "aws_cloudwatch_log_metric_filter" "abandoned" {
  count = var.logs.class == "STANDARD" ? 1 : 0

  name           = "${local.id}-abandoned-drains"
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = "{ $.event = \"drain_report\" && $.verdict = \"abandoned\" }"

  metric_transformation {
    name      = "AbandonedDrains"
    namespace = "Chassis/${local.id}"
    value     = "1"
  }
}
