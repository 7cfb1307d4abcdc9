################################################################################
# Scaling of the service
################################################################################

module "scaling" {
  source = "./modules/scaling"
  count  = local.managed ? 1 : 0

  cluster_name = var.platform.cluster_name
  service_name = aws_ecs_service.this[0].name
  settings     = local.scaling
}

# As one value, so that modules/blue-green can scale the same.
locals {
  scaling = merge(var.scaling, {
    id           = local.id
    cluster_name = var.platform.cluster_name
    service_name = var.name
    events       = var.events
    tags         = local.tags
    metrics      = local.metrics
    ready        = local.ready_seconds

    # What the autoscaler knows the target group by; null without requests_per_target.
    request_label = var.scaling.requests_per_target == null ? null : "${local.alb_suffix}/${local.target_group_suffix}"
  })

  alb_suffix          = local.http ? try(regex("app/.+$", local.alb.arn), local.alb.arn) : null
  target_group_suffix = local.http ? aws_lb_target_group.this[0].arn_suffix : null
}

################################################################################
# How long scaling out takes: detect + launch + start + register
################################################################################

locals {
  launch_seconds   = 30 # network interface and image, 15 to 35
  register_seconds = local.http ? module.drain.timing.healthy_after : 0
  ready_seconds    = local.launch_seconds + var.deployment.start_seconds + local.register_seconds
  bucket_seconds   = ceil(max(0, var.scaling.max - 100) / 20) # tasks beyond 100 start at 20 a second

  detect_seconds = merge(
    var.scaling.cpu_target == null && var.scaling.requests_per_target == null && var.scaling.queue == null ? {} : { target_tracking = (var.scaling.high_resolution ? 86 : 363) + local.deciding },
    var.scaling.burst == null ? {} : { burst = 20 },
    length(var.events) == 0 ? {} : { events = 0 },
  )

  scale_out_seconds = {
    for way, seconds in local.detect_seconds :
    way => seconds + local.ready_seconds + local.bucket_seconds
  }

  # Target tracking adds in proportion to how far the metric is over its target, and CPU cannot be over 100 %: where nothing else is
  # tracked, it decides again and again, at most once in a period of the metric and a cooldown.
  wish            = coalesce(var.scaling.wish, { from = max(1, var.scaling.min), to = var.scaling.max, seconds = 0 })
  cpu_factor      = 100 / coalesce(var.scaling.cpu_target, 60)
  cpu_decisions   = ceil(log(max(1, local.wish.to / local.wish.from), local.cpu_factor) - 0.0001)
  cpu_only        = var.scaling.requests_per_target == null && var.scaling.queue == null
  deciding        = local.cpu_only ? max(0, local.cpu_decisions - 1) * max(var.scaling.scale_out_cooldown, var.scaling.high_resolution ? 20 : 60) : 0
  fastest_seconds = length(local.scale_out_seconds) == 0 ? 0 : min(values(local.scale_out_seconds)...)
  wish_granted    = var.scaling.wish == null || local.fastest_seconds <= local.wish.seconds
}

check "scale_out_wish" {
  assert {
    condition     = local.wish_granted
    error_message = "scaling.wish is ${local.wish.from} to ${local.wish.to} tasks in ${local.wish.seconds}s; the fastest configured way takes about ${local.fastest_seconds}s. Target tracking alone never makes it: add events for known peaks, scaling.burst for others, or raise scaling.min."
  }
}

check "targets" {
  assert {
    condition     = !local.http || local.peak_tasks <= 1000
    error_message = "a deployment at scaling.max ${var.scaling.max} runs ${local.peak_tasks} tasks: one load balancer has 1000 targets. Lower deployment.max_percent, to ${floor(100000 / var.scaling.max)} or less."
  }
}
