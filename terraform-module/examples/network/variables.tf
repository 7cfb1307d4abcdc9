variable "name" {
  description = "What the names of the network begin with."
  type        = string
  nullable    = false
}

variable "nat" {
  description = "Whether private subnets reach the internet, for about 33 USD a month."
  type        = bool
  default     = false
  nullable    = false
}
