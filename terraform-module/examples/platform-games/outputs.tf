output "url" {
  description = "Where services are reached."
  value       = module.platform.url
}

output "container_definitions" {
  description = "What the containers are given."
  value       = module.games.container_definitions
}

output "monthly_cost_estimate" {
  description = "Lines, totals and savings in USD a month."
  value       = module.games.monthly_cost_estimate
}

output "estimated_scale_out" {
  description = "How long scaling out takes."
  value       = module.games.estimated_scale_out
}

output "quota_report" {
  description = "What the account must allow."
  value       = module.games.quota_report
}

output "deploy_role_arn" {
  description = "What CI assumes."
  value       = module.deploy_role.role_arn
}
