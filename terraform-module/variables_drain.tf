################################################################################
# The drain contract
################################################################################

variable "drain" {
  description = <<-EOT
    The drain, all in seconds. One input gives the service's numbers, stop timeout, deregistration delay and keep-alive; what is null is derived.
    request_timeout: the longest request. work: what else may run on, such as a delivery (null: 0, and 30 for workers). longest_message: the longest handling of a message.
    announce: ceiling of the lame duck (null: until the health check has failed; 0 for workers). close: for flushing and closing.
    margin: from the service's budget to stop_timeout. deregistration_delay (null: request_timeout + 5; with
    route.sockets at least what it takes to notice the end of the task and move its sockets: 34, more from 13 tasks on). keep_alive (null: the balancer's idle timeout + 15).
  EOT
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

  validation {
    condition     = alltrue([for seconds in values(var.drain) : seconds == null ? true : seconds >= 0 && floor(seconds) == seconds])
    error_message = "drain has a number that is negative or a fraction: expected whole seconds."
  }

  validation {
    condition     = var.drain.request_timeout >= 1
    error_message = "drain.request_timeout is ${var.drain.request_timeout}: expected at least 1 second; a request without a limit cannot be drained."
  }

  validation {
    condition     = var.drain.close >= 1
    error_message = "drain.close is ${var.drain.close}: expected at least 1 second, for publishers and logs."
  }
}

variable "health" {
  description = "Health check of the load balancer: path, interval and timeout in seconds, thresholds in checks, matcher; grace of the ECS service in seconds (null: derived from deployment.start_seconds)."
  type = object({
    path                = optional(string, "/readyz")
    matcher             = optional(string, "200")
    interval            = optional(number, 5)
    timeout             = optional(number, 3)
    healthy_threshold   = optional(number, 2)
    unhealthy_threshold = optional(number, 2)
    grace               = optional(number)
  })
  default  = {}
  nullable = false

  validation {
    condition     = startswith(var.health.path, "/")
    error_message = "health.path is \"${var.health.path}\": expected a path that begins with /."
  }

  validation {
    condition     = var.health.interval >= 5 && var.health.interval <= 300
    error_message = "health.interval is ${var.health.interval}: expected 5 to 300 seconds."
  }

  validation {
    condition     = var.health.timeout >= 2 && var.health.timeout <= 120
    error_message = "health.timeout is ${var.health.timeout}: expected 2 to 120 seconds."
  }

  validation {
    condition     = min(var.health.healthy_threshold, var.health.unhealthy_threshold) >= 2 && max(var.health.healthy_threshold, var.health.unhealthy_threshold) <= 10
    error_message = "health thresholds are ${var.health.healthy_threshold} and ${var.health.unhealthy_threshold}: expected 2 to 10 checks each."
  }
}
