################################################################################
# Deployment and capacity
################################################################################

variable "deployment" {
  description = <<-EOT
    How revisions are rolled out. image_owner: ci (CI registers revisions and writes the image into the SSM parameter of the output image_parameter; Terraform keeps
    both) or terraform (the input image is deployed by apply). controller: rolling, or external (the service resource is that of modules/blue-green).
    min_healthy_percent and max_percent (null: 200; with Hazelcast what backup_count allows). start_seconds: from start to ready. rollback_on_alarm: the alarms
    on errors, latency and unhealthy targets roll back. wait: apply returns when the service is steady.
  EOT
  type = object({
    image_owner         = optional(string, "ci")
    controller          = optional(string, "rolling")
    min_healthy_percent = optional(number, 100)
    max_percent         = optional(number)
    start_seconds       = optional(number, 20)
    rollback_on_alarm   = optional(bool, true)
    wait                = optional(bool, false)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["ci", "terraform"], var.deployment.image_owner)
    error_message = "deployment.image_owner is \"${var.deployment.image_owner}\": expected ci or terraform."
  }

  validation {
    condition     = contains(["rolling", "external"], var.deployment.controller)
    error_message = "deployment.controller is \"${var.deployment.controller}\": expected rolling, or external with modules/blue-green."
  }

  validation {
    condition     = var.deployment.min_healthy_percent >= 50 && var.deployment.min_healthy_percent <= 100
    error_message = "deployment.min_healthy_percent is ${var.deployment.min_healthy_percent}: expected 50 to 100."
  }

  validation {
    condition     = var.deployment.max_percent == null ? true : var.deployment.max_percent > 100 && var.deployment.max_percent <= 200
    error_message = "deployment.max_percent is ${var.deployment.max_percent == null ? 0 : var.deployment.max_percent}: expected more than 100, at most 200."
  }

  validation {
    condition     = var.deployment.start_seconds >= 1 && var.deployment.start_seconds <= 300
    error_message = "deployment.start_seconds is ${var.deployment.start_seconds}: expected 1 to 300 seconds."
  }
}

variable "spot" {
  description = "Share of Fargate Spot: on_demand_base tasks are never Spot; beyond them on_demand_weight to spot_weight. Null: no Spot."
  type = object({
    on_demand_base   = optional(number, 2)
    on_demand_weight = optional(number, 1)
    spot_weight      = optional(number, 3)
  })
  default = null

  validation {
    condition     = var.spot == null ? true : var.spot.spot_weight >= 1 && var.spot.on_demand_weight >= 0 && max(var.spot.spot_weight, var.spot.on_demand_weight) <= 1000
    error_message = "spot weights are ${var.spot == null ? 0 : var.spot.on_demand_weight} on demand and ${var.spot == null ? 0 : var.spot.spot_weight} Spot: expected 0 to 1000 and 1 to 1000."
  }

  validation {
    condition     = var.spot == null || var.hazelcast == null ? true : false
    error_message = "spot with hazelcast: members that leave together with their backups lose data; expected one of them."
  }
}
