variable "name" {
  description = "Name of the platform, as in pilot-dev: of its cluster, load balancer and namespace."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,26}[a-z0-9]$", var.name))
    error_message = "name is \"${var.name}\": expected 3 to 28 lower-case letters, digits and hyphens."
  }
}

variable "vpc_id" {
  description = "VPC of the platform."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.vpc_id, "vpc-")
    error_message = "vpc_id is \"${var.vpc_id}\": expected the id of a VPC, vpc-…"
  }
}

variable "subnet_ids" {
  description = "Private subnets, for tasks, in at least 2 availability zones."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids has ${length(var.subnet_ids)}: expected subnets in at least 2 availability zones."
  }
}

variable "public_subnet_ids" {
  description = "Public subnets, for load balancers, in at least 2 availability zones."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.public_subnet_ids) >= 2
    error_message = "public_subnet_ids has ${length(var.public_subnet_ids)}: expected subnets in at least 2 availability zones."
  }
}

variable "assign_public_ip" {
  description = "Whether tasks get public addresses: for a VPC without NAT, with public subnets in subnet_ids."
  type        = bool
  default     = false
  nullable    = false
}

variable "domain" {
  description = "Domain of the services, each at <service>.<name>, with zone_id, its public hosted zone. Gives a wildcard certificate, HTTPS and a redirect. Null: plain HTTP, for a sandbox."
  type        = object({ name = string, zone_id = string })
  default     = null

  validation {
    condition     = var.domain == null ? true : can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain.name))
    error_message = "domain.name is \"${var.domain == null ? "" : var.domain.name}\": expected a domain name without a wildcard."
  }
}

variable "alb" {
  description = "The shared load balancer: idle_timeout in seconds, ingress_cidrs, deletion_protection, services expected on it (for estimates). Null: workers only."
  type = object({
    idle_timeout        = optional(number, 60)
    ingress_cidrs       = optional(list(string), ["0.0.0.0/0"])
    deletion_protection = optional(bool, false)
    services            = optional(number, 10)
  })
  default = {}

  validation {
    condition     = var.alb == null ? true : var.alb.idle_timeout >= 1 && var.alb.idle_timeout <= 4000
    error_message = "alb.idle_timeout is ${var.alb == null ? 0 : var.alb.idle_timeout}: expected 1 to 4000 seconds."
  }

  validation {
    condition     = var.alb == null ? true : var.alb.services >= 1 && var.alb.services <= 100
    error_message = "alb.services is ${var.alb == null ? 0 : var.alb.services}: expected 1 to 100, the target groups of one load balancer."
  }
}

variable "capacity_providers" {
  description = "What a task without a strategy of its own runs on: FARGATE, then FARGATE_SPOT by weight."
  type = object({
    on_demand_base   = optional(number, 1)
    on_demand_weight = optional(number, 1)
    spot_weight      = optional(number, 0)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.capacity_providers.on_demand_weight + var.capacity_providers.spot_weight >= 1 && min(values(var.capacity_providers)...) >= 0
    error_message = "capacity_providers: expected weights of at least 0, and one of them of at least 1."
  }
}

variable "container_insights" {
  description = "enabled, enhanced or disabled. Charged by metric."
  type        = string
  default     = "disabled"
  nullable    = false

  validation {
    condition     = contains(["enabled", "enhanced", "disabled"], var.container_insights)
    error_message = "container_insights is \"${var.container_insights}\": expected enabled, enhanced or disabled."
  }
}

variable "namespace" {
  description = "Whether there is a namespace for Service Connect. It is free; the proxies of services that use it are not."
  type        = bool
  default     = false
  nullable    = false
}

variable "registry_scan" {
  description = "How images are scanned account-wide: null leaves the registry alone, BASIC on push, ENHANCED continuously (Inspector, charged)."
  type        = string
  default     = null

  validation {
    condition     = var.registry_scan == null ? true : contains(["BASIC", "ENHANCED"], var.registry_scan)
    error_message = "registry_scan is \"${coalesce(var.registry_scan, "null")}\": expected BASIC, ENHANCED or null."
  }
}

variable "tags" {
  description = "Tags of every resource, besides Platform and ManagedBy."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setintersection(keys(var.tags), ["Platform", "ManagedBy"])) == 0
    error_message = "tags has ${join(", ", setintersection(keys(var.tags), ["Platform", "ManagedBy"]))}: the platform sets these."
  }
}
