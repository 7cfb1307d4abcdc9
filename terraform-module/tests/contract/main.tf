# What the module makes of the vectors that JUnit gives to the service.

locals {
  vectors = { for vector in jsondecode(file("${path.module}/../../contract/vectors.json")) : vector.name => vector }
}

module "drain" {
  source   = "../../modules/drain"
  for_each = local.vectors

  drain                      = try(each.value.given.drain, {})
  health                     = try(each.value.given.health, {})
  load_balancer_idle_timeout = try(each.value.given.load_balancer_idle_timeout, null)
  spot                       = try(each.value.given.spot, false)
  sockets                    = try(each.value.given.sockets, false)
  max_tasks                  = try(each.value.given.max_tasks, 1)
  service_connect            = try(each.value.given.service_connect, false)
  sidecar_stop_timeout       = try(each.value.given.sidecar_stop_timeout, 0)
}

output "count" {
  description = "How many vectors there are."
  value       = length(local.vectors)
}

output "wrong_rules" {
  description = "Vectors that break other rules than expected."
  value       = { for name, vector in local.vectors : name => keys(module.drain[name].broken) if jsonencode(keys(module.drain[name].broken)) != jsonencode(vector.broken) }
}

output "wrong_numbers" {
  description = "Vectors with another stop timeout or deregistration delay than expected."
  value = {
    for name, vector in local.vectors : name => module.drain[name].timing
    if module.drain[name].timing.stop_timeout != vector.stop_timeout || module.drain[name].timing.deregistration_delay != vector.deregistration_delay
  }
}

output "wrong_environments" {
  description = "Vectors whose container would get another environment than expected."
  value       = { for name, vector in local.vectors : name => module.drain[name].environment if jsonencode(module.drain[name].environment) != jsonencode(vector.environment) }
}

output "untested_rules" {
  description = "Rules that no vector breaks."
  value       = setsubtract(module.drain[keys(local.vectors)[0]].rules, flatten([for vector in values(local.vectors) : vector.broken]))
}
