output "monthly_cost_estimate" {
  description = "USD a month at the average, by service and all together."
  value = {
    services = { for name, service in module.service : name => service.monthly_cost_estimate.total.average }
    total    = sum([for service in values(module.service) : service.monthly_cost_estimate.total.average])
  }
}
