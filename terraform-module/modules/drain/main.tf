################################################################################
# Arithmetic of the drain: seconds in, seconds out, no resources
#
#   budget       = announce + request_timeout + work + close    the service's
#   stop_timeout = budget + margin                              the container's
#
# With sockets, the deregistration delay has to cover what the service needs to
# notice (chassis.departure: 2.2 × interval + 2 × timeout + 3) and to move them.
################################################################################

locals {
  http       = var.load_balancer_idle_timeout != null
  surprising = var.spot || var.service_connect # requests may still arrive at SIGTERM

  request_timeout = local.http ? var.drain.request_timeout : 0
  unhealthy_after = var.health.unhealthy_threshold * var.health.interval + var.health.timeout
  healthy_after   = var.health.healthy_threshold * var.health.interval

  sockets        = local.http && var.sockets
  asked_every    = max(3, var.max_tasks / 4)
  noticed_within = ceil(2.2 * local.asked_every + 7)
  moved_within   = local.sockets ? local.noticed_within + 20 : 0
  moved_least    = local.sockets ? local.noticed_within + 5 : 0

  work     = coalesce(var.drain.work, local.http ? 0 : 30)
  announce = coalesce(var.drain.announce, local.http ? local.unhealthy_after : 0)
  budget   = local.announce + local.request_timeout + local.work + var.drain.close
  stop     = coalesce(var.drain.stop_timeout, local.budget + var.drain.margin)

  keep_alive           = local.http ? coalesce(var.drain.keep_alive, var.load_balancer_idle_timeout + 15) : 0
  deregistration_delay = local.http ? coalesce(var.drain.deregistration_delay, max(local.request_timeout + 5, local.moved_within)) : 0
  health_check_grace   = coalesce(var.health.grace, var.start_seconds + local.healthy_after + 30)
}
