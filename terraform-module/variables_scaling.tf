################################################################################
# Scaling
################################################################################

variable "scaling" {
  description = <<-EOT
    How many tasks run: min to max. requests_per_target: per task and minute (null: off). cpu_target in percent (null: off); high_resolution reads it every 20 s,
    charged like detailed monitoring. scale_in_cooldown and scale_out_cooldown in seconds. queue: tasks by backlog, from the longest acceptable latency and the
    processing_time of a message, both in seconds, handled concurrency at a time; the broker's metric where dimensions are given, else QueueBacklogPerTask, which
    the service sends. burst: RequestsInFlightShare, which the service sends every 10 seconds, averaged over the tasks: from so many percent of the limit on, add
    so many tasks at once. wish: {from, to, seconds} that the output estimated_scale_out is compared with.
  EOT
  type = object({
    min                 = optional(number, 2)
    max                 = optional(number, 10)
    requests_per_target = optional(number)
    cpu_target          = optional(number, 60)
    high_resolution     = optional(bool, false)
    scale_in_cooldown   = optional(number, 300)
    scale_out_cooldown  = optional(number, 30)

    queue = optional(object({
      namespace       = optional(string, "AWS/AmazonMQ")
      metric          = optional(string, "MessageReadyCount")
      dimensions      = optional(map(string))
      latency         = number
      processing_time = number
      concurrency     = optional(number, 1)
    }))

    burst = optional(object({
      steps = list(object({ from = number, add = number }))
    }))

    wish = optional(object({ from = number, to = number, seconds = number }))
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.scaling.min >= 0 && var.scaling.max <= 1000 && var.scaling.max >= 1
    error_message = "scaling is ${var.scaling.min} to ${var.scaling.max}: expected 0 or more to 1 to 1000 tasks, the targets of one load balancer."
  }

  validation {
    condition     = var.scaling.min <= var.scaling.max
    error_message = "scaling.min is ${var.scaling.min}, scaling.max ${var.scaling.max}: expected at most as many."
  }

  validation {
    condition     = var.scaling.cpu_target == null ? true : var.scaling.cpu_target >= 10 && var.scaling.cpu_target <= 90
    error_message = "scaling.cpu_target is ${var.scaling.cpu_target == null ? 0 : var.scaling.cpu_target}: expected 10 to 90 percent."
  }

  validation {
    condition     = var.scaling.requests_per_target == null ? true : var.scaling.requests_per_target >= 1
    error_message = "scaling.requests_per_target is ${var.scaling.requests_per_target == null ? 0 : var.scaling.requests_per_target}: expected at least 1 request per task and minute."
  }

  validation {
    condition     = var.scaling.requests_per_target == null || var.load_balancer != "none"
    error_message = "scaling.requests_per_target with load_balancer none: a worker has no requests; expected scaling.queue."
  }

  validation {
    condition     = min(var.scaling.scale_in_cooldown, var.scaling.scale_out_cooldown) >= 0 && max(var.scaling.scale_in_cooldown, var.scaling.scale_out_cooldown) <= 3600
    error_message = "scaling cooldowns are ${var.scaling.scale_in_cooldown} and ${var.scaling.scale_out_cooldown}: expected 0 to 3600 seconds."
  }

  validation {
    condition     = var.scaling.queue == null ? true : var.scaling.queue.processing_time > 0 && var.scaling.queue.latency >= var.scaling.queue.processing_time && var.scaling.queue.concurrency >= 1
    error_message = "scaling.queue: expected processing_time above 0, latency at least as long, and concurrency of at least 1."
  }

  validation {
    condition     = var.scaling.queue == null ? true : var.scaling.queue.dimensions != null || (var.scaling.queue.namespace == "AWS/AmazonMQ" && var.scaling.queue.metric == "MessageReadyCount")
    error_message = "scaling.queue has a namespace or metric without dimensions: expected all of the broker's, or none for the service's own QueueBacklogPerTask."
  }

  validation {
    condition     = var.scaling.burst == null ? true : length(var.scaling.burst.steps) >= 1 && alltrue([for step in var.scaling.burst.steps : step.from > 0 && step.from <= 100])
    error_message = "scaling.burst.steps: expected at least one, each from above 0 to 100 percent of the in-flight limit."
  }

  validation {
    condition     = var.scaling.burst == null ? true : alltrue([for step in var.scaling.burst.steps : step.add >= 1 && floor(step.add) == step.add && step.add <= var.scaling.max - var.scaling.min])
    error_message = "scaling.burst.steps: expected each to add 1 to ${var.scaling.max - var.scaling.min} tasks, from scaling.min to scaling.max."
  }

  validation {
    condition     = var.scaling.burst == null ? true : alltrue([for i in range(1, length(var.scaling.burst.steps)) : var.scaling.burst.steps[i].from > var.scaling.burst.steps[i - 1].from && var.scaling.burst.steps[i].add > var.scaling.burst.steps[i - 1].add])
    error_message = "scaling.burst.steps: expected thresholds that rise, and more tasks at each."
  }

  validation {
    condition     = var.scaling.burst == null || var.load_balancer != "none"
    error_message = "scaling.burst with load_balancer none: a worker has no requests in flight; expected scaling.queue."
  }
}

variable "events" {
  description = "Known peaks, as tournaments are, by name: from start to end at least min tasks (max tasks where given). Schedules as at(2026-11-28T18:25:00) or cron(25 18 ? * SAT *), in timezone. Begin five minutes before the crowd."
  type = map(object({
    start    = string
    end      = string
    min      = number
    max      = optional(number)
    timezone = optional(string, "UTC")
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue(flatten([for event in values(var.events) : [for at in [event.start, event.end] : can(regex("^(at|cron)\\(.+\\)$", at))]]))
    error_message = "events: expected schedules as at(yyyy-mm-ddThh:mm:ss) or cron(fields)."
  }

  validation {
    condition     = alltrue([for event in values(var.events) : event.min >= var.scaling.min && event.min <= coalesce(event.max, var.scaling.max)])
    error_message = "events: expected min of at least scaling.min, ${var.scaling.min}, and at most the event's max or scaling.max, ${var.scaling.max}."
  }
}
