variable "drain" {
  description = "The drain, all in seconds. What is null is derived. Described at the root module's variable of the same name."
  type = object({
    request_timeout      = optional(number, 10)
    work                 = optional(number)
    longest_message      = optional(number, 0)
    announce             = optional(number)
    close                = optional(number, 5)
    margin               = optional(number, 5)
    stop_timeout         = optional(number)
    deregistration_delay = optional(number)
    keep_alive           = optional(number)
  })
  default  = {}
  nullable = false
}

variable "health" {
  description = "The load balancer's health check, in seconds and counts, and the grace period of the ECS service."
  type = object({
    interval            = optional(number, 5)
    timeout             = optional(number, 3)
    healthy_threshold   = optional(number, 2)
    unhealthy_threshold = optional(number, 2)
    grace               = optional(number)
  })
  default  = {}
  nullable = false
}

variable "load_balancer_idle_timeout" {
  description = "Idle timeout of the load balancer in front, in seconds; null for a worker, which has none."
  type        = number
  default     = null
}

variable "sockets" {
  description = "Whether the service holds sockets, which it moves to other tasks before the load balancer cuts them."
  type        = bool
  default     = false
  nullable    = false
}

variable "max_tasks" {
  description = "The most tasks there may be; with sockets each asks ECS whether it is taken away, the less often the more there are."
  type        = number
  default     = 1
  nullable    = false
}

variable "start_seconds" {
  description = "From the start of the container to ready, in seconds."
  type        = number
  default     = 20
  nullable    = false
}

variable "spot" {
  description = "Whether tasks may run on Spot, whose warning is 120 seconds for everything."
  type        = bool
  default     = false
  nullable    = false
}

variable "service_connect" {
  description = "Whether other tasks reach this service past the load balancer, so that its deregistration does not keep requests away."
  type        = bool
  default     = false
  nullable    = false
}

variable "sidecar_stop_timeout" {
  description = "Stop timeout of a side-car that outlives the service, in seconds."
  type        = number
  default     = 0
  nullable    = false
}
