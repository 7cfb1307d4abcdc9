################################################################################
# The task and its container
################################################################################

variable "size" {
  description = "Size of a task: cpu in units (1024 are one vCPU), memory in MiB, architecture ARM64 or X86_64, ephemeral_storage in GiB (20 are free)."
  type = object({
    cpu               = optional(number, 512)
    memory            = optional(number, 1024)
    architecture      = optional(string, "ARM64")
    ephemeral_storage = optional(number, 20)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(keys(local.fargate_sizes), tostring(var.size.cpu))
    error_message = "size.cpu is ${var.size.cpu}: expected one of ${join(", ", local.fargate_cpus)} units."
  }

  validation {
    condition     = contains(["ARM64", "X86_64"], var.size.architecture)
    error_message = "size.architecture is \"${var.size.architecture}\": expected ARM64 or X86_64."
  }

  validation {
    condition     = var.size.ephemeral_storage == 20 || (var.size.ephemeral_storage >= 21 && var.size.ephemeral_storage <= 200)
    error_message = "size.ephemeral_storage is ${var.size.ephemeral_storage}: expected 20 (the default) to 200 GiB."
  }
}

variable "container" {
  description = "How the container runs: port of its HTTP server, user as uid:gid, read_only_root, tmp_mib of memory for /tmp, command instead of the image's, health_command for a container health check (null: none)."
  type = object({
    port           = optional(number, 8080)
    user           = optional(string, "10001:10001")
    read_only_root = optional(bool, true)
    tmp_mib        = optional(number, 64)
    command        = optional(list(string))
    health_command = optional(list(string))
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.container.port >= 1 && var.container.port <= 65535 && var.container.port != 8081
    error_message = "container.port is ${var.container.port}: expected 1 to 65535 and not 8081, the admin port."
  }

  validation {
    condition     = can(regex("^[1-9][0-9]{0,5}:[0-9]{1,6}$", var.container.user))
    error_message = "container.user is \"${var.container.user}\": expected uid:gid in numbers, and not root."
  }

  validation {
    condition     = var.container.tmp_mib >= 16 && var.container.tmp_mib <= 4096
    error_message = "container.tmp_mib is ${var.container.tmp_mib}: expected 16 to 4096 MiB; it counts against size.memory."
  }
}

variable "environment_variables" {
  description = "Environment of the container. What the module sets itself (the drain, the port) is refused here: see the output environment_contract."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.environment_variables) : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "environment_variables has ${join(", ", [for name in keys(var.environment_variables) : name if !can(regex("^[A-Z][A-Z0-9_]*$", name))])}: expected upper-case letters, digits and underscores."
  }

  validation {
    condition = !anytrue([
      for name in keys(var.environment_variables) : can(regex("^CHASSIS_(DRAIN|PLATFORM)_|^CHASSIS_HTTP_(PORT|KEEP_ALIVE|REQUEST_TIMEOUT|LOAD_BALANCER_IDLE_TIMEOUT)$|^CHASSIS_CLOUDWATCH_SCALING_NAMESPACE$", name))
    ])
    error_message = "environment_variables sets what the module sets: use the inputs drain, container and scaling, from which service and platform get the same."
  }

  validation {
    condition     = lookup(var.environment_variables, "CHASSIS_CLOUDWATCH_ENVIRONMENT", var.environment) == var.environment
    error_message = "environment_variables has CHASSIS_CLOUDWATCH_ENVIRONMENT \"${lookup(var.environment_variables, "CHASSIS_CLOUDWATCH_ENVIRONMENT", "")}\": expected the input environment, \"${var.environment}\", which scaling looks for."
  }

  validation {
    condition     = !anytrue([for name in keys(var.environment_variables) : can(regex("PASSWORD|SECRET|PRIVATE_KEY", name))])
    error_message = "environment_variables has ${join(", ", [for name in keys(var.environment_variables) : name if can(regex("PASSWORD|SECRET|PRIVATE_KEY", name))])}: secrets belong into secrets, where nobody reads them in the console."
  }
}

variable "secrets" {
  description = "Secrets of the container by the name of the variable: an SSM parameter by name (/games/db/url) or ARN, or the ARN of a Secrets Manager secret, with :json-key:version-stage:version-id where wanted. Each is injected and allowed, and nothing else is."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for from in values(var.secrets) : can(regex("^(/[A-Za-z0-9_./-]+|arn:aws[a-z-]*:ssm:[a-z0-9-]+:\\d{12}:parameter/[A-Za-z0-9_./-]+|arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\\d{12}:secret:[^:]+(:[^:]*:[^:]*:[^:]*)?)$", from))
    ])
    error_message = "secrets has a source that is neither an SSM parameter (/name or ARN) nor a Secrets Manager ARN (optionally with :json-key:version-stage:version-id)."
  }

  validation {
    condition     = length(setintersection(keys(var.secrets), keys(var.environment_variables))) == 0
    error_message = "${join(", ", setintersection(keys(var.secrets), keys(var.environment_variables)))}: both in secrets and in environment_variables."
  }
}

variable "secrets_kms_key_arns" {
  description = "ARNs of the customer-managed keys that secrets are encrypted with. AWS' own keys need none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.secrets_kms_key_arns : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:key/.+$", arn))])
    error_message = "secrets_kms_key_arns has something that is not the ARN of a KMS key (aliases cannot be allowed)."
  }
}

variable "task_policy_statements" {
  description = "What the service itself may do in AWS: IAM statements of the task role."
  type = list(object({
    actions   = list(string)
    resources = list(string)
  }))
  default  = []
  nullable = false

  validation {
    condition     = !anytrue(flatten([for statement in var.task_policy_statements : [for action in statement.actions : action == "*" || endswith(action, ":*")]]))
    error_message = "task_policy_statements allows a whole service: expected the actions that are used."
  }
}

variable "hazelcast" {
  description = "For members inside the tasks: port between tasks, backup_count of the maps. Bounds how many members a deployment starts and stops at once, and lets the tasks find each other. Null without."
  type = object({
    port         = optional(number, 5701)
    backup_count = optional(number, 1)
  })
  default = null

  validation {
    condition     = var.hazelcast == null ? true : var.hazelcast.port >= 1024 && var.hazelcast.port <= 65535 && var.hazelcast.port != var.container.port
    error_message = "hazelcast.port is ${var.hazelcast == null ? 0 : var.hazelcast.port}: expected 1024 to 65535 and not container.port."
  }

  validation {
    condition     = var.hazelcast == null ? true : var.hazelcast.backup_count >= 1 && var.hazelcast.backup_count <= 6
    error_message = "hazelcast.backup_count is ${var.hazelcast == null ? 0 : var.hazelcast.backup_count}: expected 1 to 6, what Hazelcast allows."
  }
}

variable "exec" {
  description = "Whether ECS Exec may open a shell in the container. Needs container.read_only_root = false."
  type        = bool
  default     = false
  nullable    = false
}

variable "collector" {
  description = "An OpenTelemetry collector beside the service: image, memory in MiB, stop_timeout in seconds. Starts before the service and stops after it. Null without."
  type = object({
    image        = string
    memory       = optional(number, 128)
    command      = optional(list(string))
    stop_timeout = optional(number, 10)
  })
  default = null

  validation {
    condition     = var.collector == null ? true : var.collector.stop_timeout >= 2 && var.collector.stop_timeout <= 120
    error_message = "collector.stop_timeout is ${var.collector == null ? 0 : var.collector.stop_timeout}: expected 2 to 120 seconds."
  }
}
