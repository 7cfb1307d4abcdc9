output "resource_id" {
  description = "What the autoscaler knows the service by."
  value       = aws_appautoscaling_target.this.resource_id
}

output "policies" {
  description = "Names of the scaling policies, by what they look at."
  value = merge(
    { for key, policy in aws_appautoscaling_policy.predefined : key => policy.name },
    { for policy in concat(aws_appautoscaling_policy.queue, aws_appautoscaling_policy.own_queue) : "queue" => policy.name },
    { for policy in aws_appautoscaling_policy.wake : "wake" => policy.name },
    { for policy in aws_appautoscaling_policy.burst : "burst" => policy.name },
  )
}
