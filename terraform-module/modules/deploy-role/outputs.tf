output "role_arn" {
  description = "ARN of the role: role-to-assume of the GitHub action, role of withAWS in Jenkins."
  value       = aws_iam_role.this.arn
}
