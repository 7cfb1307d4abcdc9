################################################################################
# The rules, each with the numbers that break it. docs/terraform.md says why.
################################################################################

locals {
  stop_limit = var.spot ? 115 : 120

  rules = {
    "stop-timeout-limit" = {
      holds   = local.stop <= local.stop_limit
      message = "stop timeout is ${local.stop}s (announce ${local.announce} + request_timeout ${local.request_timeout} + work ${local.work} + close ${var.drain.close} + margin ${var.drain.margin}); ${var.spot ? "Spot leaves 115s" : "Fargate allows 120s"}. Shorten drain.request_timeout or drain.work, or make long work a service of its own."
    }
    "budget-in-stop-timeout" = {
      holds   = local.budget + 3 <= local.stop
      message = "drain budget is ${local.budget}s, stop timeout ${local.stop}s: expected at least 3s between them, for the watchdog and the end of the JVM."
    }
    "grace-above-zero" = {
      holds   = local.request_timeout + local.work >= 1
      message = "drain.work is ${local.work}s and there are no requests: expected at least 1s, as a drain without any grace abandons what it has."
    }
    "request-under-idle-timeout" = {
      holds   = !local.http || local.request_timeout < local.idle
      message = "drain.request_timeout is ${local.request_timeout}s, the load balancer's idle timeout ${local.idle}s: expected less, else the balancer answers 504 first."
    }
    "keep-alive-outlasts-idle-timeout" = {
      holds   = !local.http || local.keep_alive >= local.idle + 5
      message = "drain.keep_alive is ${local.keep_alive}s, the load balancer's idle timeout ${local.idle}s: expected at least 5s more, else a reused connection is just being closed and the client gets a 502."
    }
    "deregistration-covers-request" = {
      holds   = !local.http || local.deregistration_delay >= local.request_timeout
      message = "drain.deregistration_delay is ${local.deregistration_delay}s, drain.request_timeout ${local.request_timeout}s: expected at least as long, else the balancer cuts requests in flight."
    }
    "deregistration-without-waste" = {
      holds   = !local.http || local.deregistration_delay <= max(local.request_timeout, local.moved_within) + 10
      message = "drain.deregistration_delay is ${local.deregistration_delay}s, drain.request_timeout ${local.request_timeout}s${local.sockets ? ", and sockets are moved within ${local.moved_within}s" : ""}: expected at most 10s more, as every stop of a task waits for all of it."
    }
    "deregistration-covers-sockets" = {
      holds   = local.deregistration_delay >= local.moved_least
      message = "drain.deregistration_delay is ${local.deregistration_delay}s with sockets: expected at least ${local.moved_least}s, ${local.noticed_within}s until the service knows, with ${var.max_tasks} tasks, and 5s to move them, else the balancer cuts them."
    }
    "announce-propagates" = {
      holds   = !local.http || local.announce >= local.announce_least
      message = "drain.announce is ${local.announce}s: expected at least ${local.announce_least}s, ${local.surprising ? "the time to be found unhealthy (unhealthy_threshold × interval + timeout), as with Spot or Service Connect requests arrive after SIGTERM" : "for the deregistration to spread"}."
    }
    "health-timeout-under-interval" = {
      holds   = !local.http || var.health.timeout < var.health.interval
      message = "health.timeout is ${var.health.timeout}s, health.interval ${var.health.interval}s: expected less."
    }
    "grace-covers-start" = {
      holds   = !local.http || local.health_check_grace >= var.start_seconds + local.healthy_after
      message = "health.grace is ${local.health_check_grace}s: expected at least ${var.start_seconds + local.healthy_after}s, deployment.start_seconds + healthy_threshold × interval, else ECS kills tasks that are starting."
    }
    "work-covers-message" = {
      holds   = local.work >= var.drain.longest_message
      message = "drain.work is ${local.work}s, drain.longest_message ${var.drain.longest_message}s: expected at least as long, else the message is delivered again."
    }
    "sidecar-in-spot-warning" = {
      holds   = !var.spot || local.stop + var.sidecar_stop_timeout <= 120
      message = "stop timeout ${local.stop}s and the collector's ${var.sidecar_stop_timeout}s are ${local.stop + var.sidecar_stop_timeout}s together: expected at most 120s, the warning of Spot."
    }
  }

  idle           = local.http ? var.load_balancer_idle_timeout : 0
  announce_least = local.surprising ? local.unhealthy_after : 5
}
