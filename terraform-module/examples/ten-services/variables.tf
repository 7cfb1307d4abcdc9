variable "region" {
  description = "Region of AWS."
  type        = string
  default     = "us-east-1"
  nullable    = false
}
