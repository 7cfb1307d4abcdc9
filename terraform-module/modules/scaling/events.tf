################################################################################
# Known peaks: the floor rises before the crowd comes, and falls after it left
################################################################################

resource "aws_appautoscaling_scheduled_action" "start" {
  for_each = var.settings.events

  name               = "${var.settings.id}-${each.key}-start"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id
  schedule           = each.value.start
  timezone           = each.value.timezone

  scalable_target_action {
    min_capacity = each.value.min
    max_capacity = coalesce(each.value.max, var.settings.max)
  }
}

resource "aws_appautoscaling_scheduled_action" "end" {
  for_each = var.settings.events

  name               = "${var.settings.id}-${each.key}-end"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id
  schedule           = each.value.end
  timezone           = each.value.timezone

  scalable_target_action {
    min_capacity = var.settings.min
    max_capacity = var.settings.max
  }
}
