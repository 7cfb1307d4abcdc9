output "service_arn" {
  description = "ARN of the service."
  value       = aws_ecs_service.this.id
}
