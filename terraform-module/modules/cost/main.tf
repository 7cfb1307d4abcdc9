################################################################################
# A task for a month, on demand
################################################################################

locals {
  hours = var.prices.hours_per_month
  cpu   = { x86 = var.prices.x86_vcpu_hour, arm = var.prices.arm_vcpu_hour }
  gb    = { x86 = var.prices.x86_gb_hour, arm = var.prices.arm_gb_hour }
  kind  = var.size.architecture == "ARM64" ? "arm" : "x86"

  storage = max(0, var.size.ephemeral_storage - 20) * var.prices.ephemeral_gb_hour
  task    = { for kind in ["x86", "arm"] : kind => local.hours * (var.size.cpu / 1024 * local.cpu[kind] + var.size.memory / 1024 * local.gb[kind] + local.storage) }
  proxy   = local.hours * (0.25 * local.cpu[local.kind] + 64 / 1024 * local.gb[local.kind])
}

################################################################################
# Lines, for the least, the average and the most tasks
################################################################################

locals {
  counts = { min = var.tasks.min, average = var.tasks.average, max = var.tasks.max }

  # Beyond the base, tasks are spread by weight.
  base      = { for when, n in local.counts : when => var.spot == null ? n : min(n, var.spot.on_demand_base) }
  spot_part = var.spot == null ? 0 : var.spot.spot_weight / (var.spot.spot_weight + var.spot.on_demand_weight)
  spot      = { for when, n in local.counts : when => (n - local.base[when]) * local.spot_part }

  dedicated = local.hours * var.prices.alb_hour
  addresses = local.hours * var.prices.public_ipv4_hour * var.load_balancer.addresses
  lcu       = local.hours * var.prices.lcu_hour * var.load_balancer.lcu
  sharing   = var.load_balancer.kind == "shared" ? var.load_balancer.services : 1
  balancer  = var.load_balancer.kind == "none" ? 0 : (local.dedicated + local.addresses) / local.sharing + local.lcu

  logs_gb = var.logs.class == "STANDARD" ? var.prices.logs_gb : var.prices.logs_infrequent_gb
  log_gb  = local.logs_gb + var.prices.logs_stored_gb_month * var.logs.retention / 30

  monitoring = (
    var.monitoring.alarms * var.prices.alarm_month
    + var.monitoring.fast_alarms * var.prices.high_resolution_alarm_month
    + var.monitoring.metrics * var.prices.custom_metric_month
    + var.monitoring.dashboards * var.prices.dashboard_month
  )

  exact = {
    for when, n in local.counts : when => {
      fargate_on_demand = (n - local.spot[when]) * local.task[local.kind]
      fargate_spot      = local.spot[when] * local.task[local.kind] * (1 - var.prices.spot_discount)
      service_connect   = var.service_connect ? n * local.proxy : 0
      load_balancer     = local.balancer
      task_addresses    = var.public_ip ? n * local.hours * var.prices.public_ipv4_hour : 0
      nat               = var.nat.gb * var.prices.nat_gb + var.nat.gateways * local.hours * var.prices.nat_hour
      registry          = var.registry_gb * var.prices.ecr_gb_month
      logs              = n * var.logs.gb_per_task * local.log_gb
      monitoring        = local.monitoring
      metric_requests   = n * var.monitoring.sent / 1000 * var.prices.metric_requests_thousand
    }
  }

  lines = { for when, lines in local.exact : when => { for line, usd in lines : line => floor(usd * 100 + 0.5) / 100 } }
  total = { for when, lines in local.lines : when => floor(sum(values(lines)) * 100 + 0.5) / 100 } # of what is shown, so that it adds up
}
