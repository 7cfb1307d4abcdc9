################################################################################
# Registry, logs, alarms
################################################################################

variable "repository" {
  description = "The ECR repository of the service: keep is how many images stay. Created immutable, scanned on push. Null: images come from elsewhere."
  type = object({
    keep        = optional(number, 20)
    kms_key_arn = optional(string)
  })
  default = {}

  validation {
    condition     = var.repository == null ? true : var.repository.keep >= 2 && var.repository.keep <= 1000
    error_message = "repository.keep is ${var.repository == null ? 0 : var.repository.keep}: expected 2 (the running one and the one to go back to) to 1000 images."
  }
}

variable "logs" {
  description = "Logs in CloudWatch: retention in days, class STANDARD or INFREQUENT_ACCESS (half the price, no metric filters), mode non-blocking (drops lines when the buffer of buffer_mib MiB is full) or blocking."
  type = object({
    retention   = optional(number, 30)
    class       = optional(string, "STANDARD")
    kms_key_arn = optional(string)
    mode        = optional(string, "non-blocking")
    buffer_mib  = optional(number, 25)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.logs.retention)
    error_message = "logs.retention is ${var.logs.retention}: expected 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827 or another number of days that CloudWatch knows."
  }

  validation {
    condition     = contains(["STANDARD", "INFREQUENT_ACCESS"], var.logs.class)
    error_message = "logs.class is \"${var.logs.class}\": expected STANDARD or INFREQUENT_ACCESS."
  }

  validation {
    condition     = contains(["non-blocking", "blocking"], var.logs.mode)
    error_message = "logs.mode is \"${var.logs.mode}\": expected non-blocking or blocking."
  }

  validation {
    condition     = var.logs.buffer_mib >= 1 && var.logs.buffer_mib <= 256
    error_message = "logs.buffer_mib is ${var.logs.buffer_mib}: expected 1 to 256 MiB."
  }
}

variable "alarms" {
  description = "Alarms: topics that are told (ARNs of SNS), error_percent of responses with 5xx, latency_p99 in seconds, cpu and memory in percent. dashboard: whether there is one."
  type = object({
    topics        = optional(list(string), [])
    error_percent = optional(number, 1)
    latency_p99   = optional(number, 1)
    cpu           = optional(number, 85)
    memory        = optional(number, 90)
    dashboard     = optional(bool, true)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for arn in var.alarms.topics : can(regex("^arn:aws[a-z-]*:sns:", arn))])
    error_message = "alarms.topics has something that is not the ARN of an SNS topic."
  }

  validation {
    condition     = alltrue([for percent in [var.alarms.error_percent, var.alarms.cpu, var.alarms.memory] : percent > 0 && percent <= 100])
    error_message = "alarms: expected error_percent, cpu and memory above 0 and at most 100 percent."
  }

  validation {
    condition     = var.alarms.latency_p99 > 0 && var.alarms.latency_p99 <= 900
    error_message = "alarms.latency_p99 is ${var.alarms.latency_p99}: expected above 0 and at most 900 seconds."
  }
}

################################################################################
# Money and connections
################################################################################

variable "database" {
  description = "What the tasks take of a database: pool_size connections each, of max_connections, of which reserved are for others. Checked for the moment of a deployment, with max_percent of scaling.max tasks. Null: not checked."
  type = object({
    max_connections = number
    pool_size       = number
    reserved        = optional(number, 10)
  })
  default = null

  validation {
    condition     = var.database == null ? true : var.database.pool_size >= 1 && var.database.reserved >= 0 && var.database.max_connections > var.database.reserved
    error_message = "database: expected pool_size of at least 1, and max_connections above reserved."
  }
}

variable "budget" {
  description = "What the service may cost a month at its average, in USD; beyond it plan and apply warn. Null: no limit."
  type        = number
  default     = null

  validation {
    condition     = var.budget == null ? true : var.budget > 0
    error_message = "budget is ${var.budget == null ? 0 : var.budget}: expected more than 0 USD a month."
  }
}

variable "usage" {
  description = "What the estimate assumes: average_tasks (null: half-way from min to max), log_lines a second of each task with log_line_bytes, lcu of its load balancer, image_gb, custom_metrics, nat_gb a month, nat_gateways of the platform (shared like the load balancer)."
  type = object({
    average_tasks  = optional(number)
    log_lines      = optional(number, 2)
    log_line_bytes = optional(number, 500)
    lcu            = optional(number, 1)
    image_gb       = optional(number, 0.15)
    custom_metrics = optional(number, 0)
    nat_gb         = optional(number, 0)
    nat_gateways   = optional(number, 0)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.usage.average_tasks == null ? true : var.usage.average_tasks >= var.scaling.min && var.usage.average_tasks <= var.scaling.max
    error_message = "usage.average_tasks is ${var.usage.average_tasks == null ? 0 : var.usage.average_tasks}: expected ${var.scaling.min} to ${var.scaling.max}, the limits of scaling."
  }

  validation {
    condition     = alltrue([for number in values(var.usage) : number == null ? true : number >= 0])
    error_message = "usage has a negative number."
  }
}

variable "prices" {
  description = "Prices that differ from data/prices.json, by their names there, in USD; those of another region or contract."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.prices), keys(local.prices))) == 0
    error_message = "prices has ${join(", ", setsubtract(keys(var.prices), keys(local.prices)))}: expected ${join(", ", keys(local.prices))}."
  }
}
