output "policy_arn" {
  description = "ARN of the policy."
  value       = aws_appautoscaling_policy.this.arn
}
