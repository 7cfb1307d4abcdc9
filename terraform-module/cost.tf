################################################################################
# What it costs
################################################################################

locals {
  price_table   = jsondecode(file("${path.module}/data/prices.json"))
  prices        = { for name, value in local.price_table : name => value if can(tonumber(value)) }
  average_tasks = coalesce(var.usage.average_tasks, (var.scaling.min + var.scaling.max) / 2)

  # lines × bytes × seconds of a month, in GB
  log_gb_per_task = var.usage.log_lines * var.usage.log_line_bytes * 3600 * local.prices.hours_per_month / 1000000000
}

module "cost" {
  source = "./modules/cost"

  prices          = merge(local.prices, var.prices)
  tasks           = { min = var.scaling.min, average = local.average_tasks, max = var.scaling.max }
  size            = var.size
  spot            = var.spot
  registry_gb     = var.repository == null ? 0 : var.repository.keep * var.usage.image_gb
  public_ip       = var.platform.assign_public_ip
  service_connect = var.service_connect != null
  logs            = { gb_per_task = local.log_gb_per_task, class = var.logs.class, retention = var.logs.retention }
  nat             = { gb = var.usage.nat_gb, gateways = var.usage.nat_gateways / var.platform.alb_services }

  load_balancer = {
    kind      = var.load_balancer
    services  = var.platform.alb_services
    lcu       = var.usage.lcu
    addresses = var.route.internal && var.load_balancer == "dedicated" ? 0 : 2
  }

  monitoring = {
    alarms      = length(local.alarms) + (local.http ? 3 : 0) # an alarm on a share of two metrics is charged as three
    fast_alarms = var.scaling.burst == null ? 0 : 1
    metrics     = var.usage.custom_metrics + (var.logs.class == "STANDARD" ? 1 : 0) + length(local.own_metrics)
    dashboards  = var.alarms.dashboard ? 1 : 0
    sent        = local.sends ? 360 * local.prices.hours_per_month : 0 # one request every 10 seconds
  }
}

check "budget" {
  assert {
    condition     = var.budget == null ? true : module.cost.total.average <= var.budget
    error_message = "about ${module.cost.total.average} USD a month at ${local.average_tasks} tasks, the budget is ${coalesce(var.budget, 0)}. Would save: ${join(", ", [for choice, saving in module.cost.savings : "${choice} ${saving.usd}" if !saving.taken && saving.usd > 0])}."
  }
}
