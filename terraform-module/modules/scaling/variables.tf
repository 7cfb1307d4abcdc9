variable "cluster_name" {
  description = "Name of the ECS cluster."
  type        = string
  nullable    = false
}

variable "service_name" {
  description = "Name of the ECS service, which must exist."
  type        = string
  nullable    = false
}

variable "settings" {
  description = "What to scale by: the root module's inputs scaling and events, described and validated there, handed on as its output scaling. Times in seconds."
  type = object({
    id                  = string
    min                 = number
    max                 = number
    requests_per_target = optional(number)
    request_label       = optional(string)
    cpu_target          = optional(number)
    high_resolution     = bool
    scale_in_cooldown   = number
    scale_out_cooldown  = number
    tags                = map(string)
    ready               = optional(number, 60) # from the decision to a task that takes requests

    metrics = optional(object({
      namespace  = string
      dimensions = map(string)
    }))

    queue = optional(object({
      namespace       = string
      metric          = string
      dimensions      = optional(map(string))
      latency         = number
      processing_time = number
      concurrency     = number
    }))

    burst = optional(object({
      steps = list(object({ from = number, add = number }))
    }))

    events = map(object({
      start    = string
      end      = string
      min      = number
      max      = optional(number)
      timezone = string
    }))
  })
  nullable = false
}
