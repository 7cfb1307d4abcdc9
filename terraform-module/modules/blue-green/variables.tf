variable "service" {
  description = "The output service of the root module, called with deployment.controller external."
  type = object({
    name                 = string
    cluster              = string
    cluster_name         = string
    task_definition      = string
    desired_count        = number
    health_check_grace   = optional(number)
    zone_rebalancing     = string
    exec                 = bool
    capacity             = list(object({ provider = string, base = number, weight = number }))
    subnet_ids           = list(string)
    security_group_ids   = list(string)
    assign_public_ip     = bool
    container_name       = string
    container_port       = number
    rollback_alarms      = list(string)
    listener_arn         = optional(string)
    priority             = number
    paths                = list(string)
    hosts                = list(string)
    blue_target_group    = optional(string)
    green_target_group   = optional(string)
    permissions_boundary = optional(string)
    tags                 = map(string)
  })
  nullable = false

  validation {
    condition     = var.service.listener_arn != null
    error_message = "service has no listener: blue/green moves traffic, and a worker has none."
  }
}

variable "scaling" {
  description = "The output scaling of the root module."
  type        = any
  nullable    = false
}

variable "strategy" {
  description = "BLUE_GREEN: all traffic at once. CANARY: percent first. LINEAR: percent at a time."
  type        = string
  default     = "BLUE_GREEN"
  nullable    = false

  validation {
    condition     = contains(["BLUE_GREEN", "CANARY", "LINEAR"], var.strategy)
    error_message = "strategy is \"${var.strategy}\": expected BLUE_GREEN, CANARY or LINEAR."
  }
}

variable "percent" {
  description = "Share of traffic in the first step of CANARY and in every step of LINEAR, in percent."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.percent >= 3 && var.percent <= 100
    error_message = "percent is ${var.percent}: expected 3 to 100."
  }
}

variable "bake_minutes" {
  description = "How long the old revision stays after all traffic has moved, and each step of CANARY and LINEAR lasts, in minutes."
  type        = number
  default     = 5
  nullable    = false

  validation {
    condition     = var.bake_minutes >= 0 && var.bake_minutes <= 1440
    error_message = "bake_minutes is ${var.bake_minutes}: expected 0 to 1440."
  }
}
