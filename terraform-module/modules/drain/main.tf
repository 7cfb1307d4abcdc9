################################################################################
# Arithmetic of the drain: seconds in, seconds out, no resources
#
#   budget       = announce + request_timeout + work + close    the service's
#   stop_timeout = budget + margin                              the container's
################################################################################

locals {
  http       = var.load_balancer_idle_timeout != null
  surprising = var.spot || var.service_connect # requests may still arrive at SIGTERM

  request_timeout = local.http ? var.drain.request_timeout : 0
  unhealthy_after = var.health.unhealthy_threshold * var.health.interval + var.health.timeout
  healthy_after   = var.health.healthy_threshold * var.health.interval

  work     = coalesce(var.drain.work, local.http ? 0 : 30)
  announce = coalesce(var.drain.announce, local.http ? local.unhealthy_after : 0)
  budget   = local.announce + local.request_timeout + local.work + var.drain.close
  stop     = coalesce(var.drain.stop_timeout, local.budget + var.drain.margin)

  keep_alive           = local.http ? coalesce(var.drain.keep_alive, var.load_balancer_idle_timeout + 15) : 0
  deregistration_delay = local.http ? coalesce(var.drain.deregistration_delay, local.request_timeout + 5) : 0
  health_check_grace   = coalesce(var.health.grace, var.start_seconds + local.healthy_after + 30)
}
