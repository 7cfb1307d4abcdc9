output "url" {
  description = "Where the service is reached."
  value       = module.platform.url
}

output "monthly_cost_estimate" {
  description = "USD a month at the average."
  value       = module.orders.monthly_cost_estimate.total.average
}

output "container_definitions" {
  description = "What the container is given."
  value       = module.orders.container_definitions
}
