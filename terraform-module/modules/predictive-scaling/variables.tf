variable "scaling" {
  description = "The output scaling of the root module."
  type        = object({ id = string, cluster_name = string, service_name = string, max = number })
  nullable    = false
}

variable "cpu_target" {
  description = "CPU that the forecast keeps, in percent."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.cpu_target >= 10 && var.cpu_target <= 90
    error_message = "cpu_target is ${var.cpu_target}: expected 10 to 90 percent."
  }
}

variable "mode" {
  description = "ForecastOnly to look at forecasts first, ForecastAndScale to obey them."
  type        = string
  default     = "ForecastOnly"
  nullable    = false

  validation {
    condition     = contains(["ForecastOnly", "ForecastAndScale"], var.mode)
    error_message = "mode is \"${var.mode}\": expected ForecastOnly or ForecastAndScale."
  }
}

variable "ahead" {
  description = "How long before the forecast need tasks start, in seconds."
  type        = number
  default     = 300
  nullable    = false

  validation {
    condition     = var.ahead >= 0 && var.ahead <= 3600
    error_message = "ahead is ${var.ahead}: expected 0 to 3600 seconds."
  }
}
