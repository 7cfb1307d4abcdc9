variable "prices" {
  description = "Prices in USD by the names of data/prices.json, with hours_per_month and spot_discount (0.7: Spot costs 30 %)."
  type        = map(number)
  nullable    = false
}

variable "tasks" {
  description = "How many tasks run at least, on average and at most."
  type        = object({ min = number, average = number, max = number })
  nullable    = false
}

variable "size" {
  description = "Size of a task: cpu in units, memory in MiB, architecture, ephemeral_storage in GiB."
  type        = object({ cpu = number, memory = number, architecture = string, ephemeral_storage = number })
  nullable    = false
}

variable "spot" {
  description = "Share of Spot; null for none."
  type        = object({ on_demand_base = number, on_demand_weight = number, spot_weight = number })
  default     = null
}

variable "load_balancer" {
  description = "kind shared, dedicated or none; services that share one; lcu of this service; public addresses, one for each zone."
  type        = object({ kind = string, services = number, lcu = number, addresses = number })
  nullable    = false
}

variable "logs" {
  description = "gb that a task writes a month, class, retention in days."
  type        = object({ gb_per_task = number, class = string, retention = number })
  nullable    = false
}

variable "monitoring" {
  description = "How many alarms, high-resolution alarms, custom metrics and dashboards; sent: how often a task sends metrics in a month."
  type        = object({ alarms = number, fast_alarms = number, metrics = number, dashboards = number, sent = optional(number, 0) })
  nullable    = false
}

variable "registry_gb" {
  description = "Images kept, in GB."
  type        = number
  nullable    = false
}

variable "nat" {
  description = "gb through NAT a month, and the share of gateways."
  type        = object({ gb = number, gateways = number })
  nullable    = false
}

variable "public_ip" {
  description = "Whether every task has a public IPv4 address."
  type        = bool
  default     = false
  nullable    = false
}

variable "service_connect" {
  description = "Whether every task has the proxy of Service Connect, 256 CPU units and 64 MiB."
  type        = bool
  default     = false
  nullable    = false
}
