variable "name" {
  description = "Name of the role."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{3,64}$", var.name))
    error_message = "name is \"${var.name}\": expected 3 to 64 letters, digits and +=,.@_-."
  }
}

variable "services" {
  description = "What it may deploy: for each service cluster_arn, service_name, task_family, role_arns to pass, repository_arn and image_parameter_arn, as the root module's outputs say."
  type = map(object({
    cluster_arn         = string
    service_name        = string
    task_family         = string
    role_arns           = list(string)
    repository_arn      = optional(string)
    image_parameter_arn = optional(string)
  }))
  nullable = false

  validation {
    condition     = length(var.services) >= 1
    error_message = "services is empty: a role that may deploy nothing."
  }
}

variable "github" {
  description = "GitHub Actions by OIDC: repository (owner/name), environment of the job, provider_arn (null: the account's provider is created). Null: not for GitHub."
  type = object({
    repository   = string
    environment  = string
    provider_arn = optional(string)
  })
  default = null

  validation {
    condition     = var.github == null ? true : can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.github.repository))
    error_message = "github.repository is \"${var.github == null ? "" : var.github.repository}\": expected owner/name, without wildcards."
  }

  validation {
    condition     = var.github == null ? true : can(regex("^[A-Za-z0-9._-]+$", var.github.environment))
    error_message = "github.environment is \"${var.github == null ? "" : var.github.environment}\": expected the name of one environment, without wildcards."
  }
}

variable "jenkins_principal_arns" {
  description = "ARNs of the roles that Jenkins' agents have. Empty: not for Jenkins."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.jenkins_principal_arns : can(regex("^arn:aws[a-z-]*:iam::\\d{12}:role/[^*]+$", arn))])
    error_message = "jenkins_principal_arns has something that is not the ARN of one role."
  }

  validation {
    condition     = var.github != null || length(var.jenkins_principal_arns) > 0
    error_message = "neither github nor jenkins_principal_arns is given: nobody could assume the role."
  }
}

variable "permissions_boundary" {
  description = "ARN of the permissions boundary; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary == null || can(regex("^arn:aws[a-z-]*:iam::(\\d{12}|aws):policy/.+$", var.permissions_boundary))
    error_message = "permissions_boundary is \"${coalesce(var.permissions_boundary, "null")}\": expected the ARN of a policy, for the role of CI too."
  }
}

variable "max_session" {
  description = "How long a session may last, in seconds."
  type        = number
  default     = 3600
  nullable    = false

  validation {
    condition     = var.max_session >= 3600 && var.max_session <= 43200
    error_message = "max_session is ${var.max_session}: expected 3600 to 43200 seconds."
  }
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
  nullable    = false
}
