################################################################################
# What each choice saves a month at the average: taken or not
################################################################################

locals {
  n       = local.counts.average
  average = local.exact.average
  compute = local.average.fargate_on_demand + local.average.fargate_spot

  choices = {
    arm64 = {
      taken = local.kind == "arm"
      usd   = local.compute * (local.task.x86 - local.task.arm) / local.task[local.kind]
    }
    spot = {
      taken = var.spot != null
      usd   = (var.spot == null ? 0.75 * max(0, local.n - 2) : local.spot.average) * local.task[local.kind] * var.prices.spot_discount
    }
    scaling = {
      taken = var.tasks.max > var.tasks.min
      usd   = local.exact.max.fargate_on_demand + local.exact.max.fargate_spot - local.compute
    }
    shared_load_balancer = {
      taken = var.load_balancer.kind == "shared"
      usd   = var.load_balancer.kind == "none" ? 0 : (local.dedicated + local.addresses) * (1 - 1 / max(2, var.load_balancer.services))
    }
    infrequent_access_logs = {
      taken = var.logs.class == "INFREQUENT_ACCESS"
      usd   = local.n * var.logs.gb_per_task * (var.prices.logs_gb - var.prices.logs_infrequent_gb)
    }
    no_service_connect = {
      taken = !var.service_connect
      usd   = local.n * local.proxy
    }
  }

  savings = { for choice, saving in local.choices : choice => merge(saving, { usd = floor(saving.usd * 100 + 0.5) / 100 }) }
}
