################################################################################
# Traffic
################################################################################

variable "load_balancer" {
  description = "shared: a rule on the platform's load balancer. dedicated: one of its own, for about 24 USD a month. none: a worker."
  type        = string
  default     = "shared"
  nullable    = false

  validation {
    condition     = contains(["shared", "dedicated", "none"], var.load_balancer)
    error_message = "load_balancer is \"${var.load_balancer}\": expected shared, dedicated or none."
  }

  validation {
    condition     = var.load_balancer != "shared" || var.platform.listener_arn != null
    error_message = "load_balancer is shared, and platform.listener_arn is null: expected a platform with a load balancer, or dedicated, or none."
  }
}

variable "route" {
  description = <<-EOT
    What of the load balancer's traffic is the service's. hosts (empty: <name>.<platform.domain> where there is a domain) and paths; priority of the rule
    (null: derived from the name). sockets: for WebSockets and event streams: balance by outstanding requests, let the task ask ECS whether it is taken away,
    and have the balancer wait until sockets have moved. stickiness and slow_start in seconds, 0 for off. idle_timeout of a dedicated load balancer in seconds (null: 60, 3600 with sockets). protocol of the target group. internal: a dedicated one in private subnets.
  EOT
  type = object({
    hosts        = optional(list(string), [])
    paths        = optional(list(string), ["/*"])
    priority     = optional(number)
    protocol     = optional(string, "HTTP1")
    sockets      = optional(bool, false)
    stickiness   = optional(number, 0)
    slow_start   = optional(number, 0)
    idle_timeout = optional(number)
    internal     = optional(bool, false)
  })
  default  = {}
  nullable = false

  validation {
    condition     = length(var.route.paths) >= 1 && length(var.route.hosts) + length(var.route.paths) <= 5
    error_message = "route has ${length(var.route.hosts)} hosts and ${length(var.route.paths)} paths: expected at least one path, and at most 5 of both together, the values of one rule."
  }

  validation {
    condition     = var.route.priority == null ? true : var.route.priority >= 1 && var.route.priority <= 50000
    error_message = "route.priority is ${var.route.priority == null ? 0 : var.route.priority}: expected 1 to 50000."
  }

  validation {
    condition     = contains(["HTTP1", "HTTP2", "GRPC"], var.route.protocol)
    error_message = "route.protocol is \"${var.route.protocol}\": expected HTTP1, HTTP2 or GRPC."
  }

  validation {
    condition     = var.route.slow_start == 0 || (var.route.slow_start >= 30 && var.route.slow_start <= 900)
    error_message = "route.slow_start is ${var.route.slow_start}: expected 0 (off) or 30 to 900 seconds."
  }

  validation {
    condition     = var.route.slow_start == 0 || !var.route.sockets
    error_message = "route.slow_start is ${var.route.slow_start} with route.sockets: slow start needs round robin, and sockets are balanced by outstanding requests."
  }

  validation {
    condition     = var.route.stickiness >= 0 && var.route.stickiness <= 604800
    error_message = "route.stickiness is ${var.route.stickiness}: expected 0 (off) to 604800 seconds."
  }

  validation {
    condition     = var.route.idle_timeout == null ? true : var.load_balancer == "dedicated"
    error_message = "route.idle_timeout is set with load_balancer ${var.load_balancer}: a shared load balancer has the platform's; expected a dedicated one."
  }

  validation {
    condition     = var.route.idle_timeout == null ? true : var.route.idle_timeout >= 1 && var.route.idle_timeout <= 4000
    error_message = "route.idle_timeout is ${var.route.idle_timeout == null ? 0 : var.route.idle_timeout}: expected 1 to 4000 seconds."
  }

  validation {
    condition     = var.load_balancer != "dedicated" || var.route.internal || length(var.platform.public_subnet_ids) >= 2
    error_message = "load_balancer is dedicated, and platform.public_subnet_ids has ${length(var.platform.public_subnet_ids)}: expected at least 2, or route.internal."
  }
}

variable "service_connect" {
  description = "Other services of the namespace reach this one as http://<name>:<port>. Costs a proxy of 256 CPU units and 64 MiB in every task: see the output monthly_cost_estimate. Timeouts in seconds; request_timeout 0 for none, as sockets need."
  type = object({
    idle_timeout    = optional(number, 300)
    request_timeout = optional(number, 15)
  })
  default = null

  validation {
    condition     = var.service_connect == null ? true : var.service_connect.request_timeout == 0 || var.service_connect.request_timeout > var.drain.request_timeout
    error_message = "service_connect.request_timeout is ${var.service_connect == null ? 0 : var.service_connect.request_timeout}s, drain.request_timeout ${var.drain.request_timeout}s: expected more, or 0, else the proxy cuts what the service still answers."
  }
  validation {
    condition     = var.service_connect == null || var.platform.namespace_arn != null
    error_message = "service_connect needs platform.namespace_arn, which is null: expected a platform with a namespace."
  }
}
