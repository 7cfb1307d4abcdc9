output "timing" {
  description = "Every number of the contract, in seconds."
  value = {
    announce             = local.announce
    request_timeout      = local.request_timeout
    work                 = local.work
    close                = var.drain.close
    budget               = local.budget
    stop_timeout         = local.stop
    keep_alive           = local.keep_alive
    deregistration_delay = local.deregistration_delay
    health_check_grace   = local.health_check_grace
    healthy_after        = local.healthy_after
    unhealthy_after      = local.unhealthy_after
    planned_stop         = local.deregistration_delay + local.stop
  }
}

output "environment" {
  description = "Environment of the container, by name."
  value       = local.environment
}

output "broken" {
  description = "Messages of the rules that do not hold, by rule."
  value       = { for name, rule in local.rules : name => rule.message if !rule.holds }
}

output "rules" {
  description = "Names of all rules."
  value       = keys(local.rules)
}
