################################################################################
# What the service is told: its own numbers, and those of its platform, which
# it compares with them at start (chassis.platform.*)
################################################################################

locals {
  environment_drain = {
    CHASSIS_DRAIN_ANNOUNCE        = "${local.announce}s"
    CHASSIS_DRAIN_BUDGET          = "${local.budget}s"
    CHASSIS_DRAIN_CLOSE           = "${var.drain.close}s"
    CHASSIS_PLATFORM_STOP_TIMEOUT = "${local.stop}s"
  }

  environment_http = {
    CHASSIS_HTTP_KEEP_ALIVE                 = "${local.keep_alive}s"
    CHASSIS_HTTP_LOAD_BALANCER_IDLE_TIMEOUT = "${local.http ? var.load_balancer_idle_timeout : 0}s"
    CHASSIS_HTTP_REQUEST_TIMEOUT            = "${local.request_timeout}s"
    CHASSIS_PLATFORM_DEREGISTRATION_DELAY   = "${local.deregistration_delay}s"
  }

  environment_surprising = {
    CHASSIS_PLATFORM_UNHEALTHY_AFTER = "${local.unhealthy_after}s"
  }

  environment_sockets = {
    CHASSIS_PLATFORM_MAX_TASKS = tostring(var.max_tasks)
  }

  environment = merge(
    local.environment_drain,
    local.http ? local.environment_http : {},
    local.sockets ? local.environment_sockets : {},
    local.http && local.surprising ? local.environment_surprising : {},
  )
}
