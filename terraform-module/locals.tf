locals {
  id       = "${var.name}-${var.environment}"
  http     = var.load_balancer != "none"
  managed  = var.deployment.controller == "rolling"
  ci       = var.deployment.image_owner == "ci"
  region   = data.aws_region.current.name
  account  = data.aws_caller_identity.current.account_id
  arn      = "arn:${data.aws_partition.current.partition}"
  tags     = merge(var.tags, { Service = var.name, Environment = var.environment, ManagedBy = "terraform" })
  sidecars = compact([var.collector == null ? "" : "collector"])

  idle_timeout = {
    shared    = var.platform.alb_idle_timeout
    dedicated = coalesce(var.route.idle_timeout, var.route.sockets ? 3600 : 60)
    none      = null
  }[var.load_balancer]

  # Hazelcast: one wave of a deployment starts and stops at most backup_count members, and at least one.
  hazelcast_percent = 100 + ceil(100 / max(1, var.scaling.min))
  max_percent       = coalesce(var.deployment.max_percent, var.hazelcast == null ? 200 : local.hazelcast_percent)
  wave              = floor(var.scaling.max * (local.max_percent - 100) / 100)
}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

module "drain" {
  source = "./modules/drain"

  drain                      = var.drain
  health                     = var.health
  load_balancer_idle_timeout = local.idle_timeout
  sockets                    = var.route.sockets
  max_tasks                  = var.scaling.max
  start_seconds              = var.deployment.start_seconds
  spot                       = var.spot != null
  service_connect            = var.service_connect != null
  sidecar_stop_timeout       = var.collector == null ? 0 : var.collector.stop_timeout
}
