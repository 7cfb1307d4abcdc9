variable "name" {
  description = "Name of the load balancer."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "name is \"${var.name}\": expected 3 to 32 lower-case letters, digits and hyphens."
  }
}

variable "vpc_id" {
  description = "VPC of the load balancer."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets of the load balancer, in at least 2 availability zones."
  type        = list(string)
  nullable    = false
}

variable "internal" {
  description = "Whether it is reached from inside the VPC only."
  type        = bool
  default     = false
  nullable    = false
}

variable "https" {
  description = "Whether it serves HTTPS with certificate_arn and redirects from HTTP; else plain HTTP."
  type        = bool
  nullable    = false
}

variable "certificate_arn" {
  description = "ARN of the ACM certificate; needed with https."
  type        = string
  default     = null
}

variable "idle_timeout" {
  description = "How long a connection may be idle, in seconds."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.idle_timeout >= 1 && var.idle_timeout <= 4000
    error_message = "idle_timeout is ${var.idle_timeout}: expected 1 to 4000 seconds."
  }
}

variable "ingress_cidrs" {
  description = "Who may reach it, as CIDR blocks."
  type        = list(string)
  default     = ["0.0.0.0/0"]
  nullable    = false

  validation {
    condition     = alltrue([for cidr in var.ingress_cidrs : can(cidrhost(cidr, 0))])
    error_message = "ingress_cidrs has something that is not a CIDR block."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete it."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
  nullable    = false
}
