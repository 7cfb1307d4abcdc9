################################################################################
# Who and where
################################################################################

variable "name" {
  description = "Name of the service: lower-case letters, digits and hyphens."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "name is \"${var.name}\": expected 3 to 20 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "environment" {
  description = "Name of the environment, as in dev, staging, prod. Part of every resource's name, so that environments can share an account."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,9}$", var.environment))
    error_message = "environment is \"${var.environment}\": expected 2 to 10 lower-case letters and digits, beginning with a letter."
  }

  validation {
    condition     = length(var.name) + length(var.environment) <= 25
    error_message = "name and environment have ${length(var.name) + length(var.environment)} characters together: expected at most 25, as a target group's name takes 32."
  }
}

variable "platform" {
  description = "Where the service runs: module.platform of modules/platform, or the same attributes from elsewhere. Times in seconds."
  type = object({
    cluster_arn           = string
    cluster_name          = string
    vpc_id                = string
    subnet_ids            = list(string)
    public_subnet_ids     = optional(list(string), [])
    assign_public_ip      = optional(bool, false)
    alb_arn               = optional(string)
    alb_security_group_id = optional(string)
    alb_idle_timeout      = optional(number, 60)
    alb_services          = optional(number, 10)
    listener_arn          = optional(string)
    url                   = optional(string)
    domain                = optional(string)
    certificate_arn       = optional(string)
    namespace_arn         = optional(string)
  })
  nullable = false

  validation {
    condition     = length(var.platform.subnet_ids) >= 2
    error_message = "platform.subnet_ids has ${length(var.platform.subnet_ids)}: expected subnets in at least 2 availability zones."
  }

  validation {
    condition     = var.platform.alb_idle_timeout >= 1 && var.platform.alb_idle_timeout <= 4000
    error_message = "platform.alb_idle_timeout is ${var.platform.alb_idle_timeout}: expected 1 to 4000 seconds."
  }

  validation {
    condition     = var.platform.alb_services >= 1 && var.platform.alb_services <= 100
    error_message = "platform.alb_services is ${var.platform.alb_services}: expected 1 to 100, the target groups of one load balancer."
  }
}

variable "image" {
  description = "Image of the service with digest or tag, never latest. With deployment.image_owner ci it is the first image only; CI moves it on."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s@]+(@sha256:[0-9a-f]{64}|:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$", var.image)) && !endswith(var.image, ":latest")
    error_message = "image is \"${var.image}\": expected repository@sha256:… or repository:tag, and not latest."
  }
}

variable "tags" {
  description = "Tags of every resource, besides Service, Environment and ManagedBy."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setintersection(keys(var.tags), ["Service", "Environment", "ManagedBy"])) == 0
    error_message = "tags has ${join(", ", setintersection(keys(var.tags), ["Service", "Environment", "ManagedBy"]))}: the module sets these."
  }
}

variable "permissions_boundary" {
  description = "ARN of the permissions boundary of every role; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary == null || can(regex("^arn:aws[a-z-]*:iam::(\\d{12}|aws):policy/.+$", var.permissions_boundary))
    error_message = "permissions_boundary is \"${coalesce(var.permissions_boundary, "null")}\": expected the ARN of an IAM policy."
  }
}
