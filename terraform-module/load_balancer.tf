################################################################################
# Load balancer: a rule on the platform's, or one of its own
################################################################################

locals {
  shared    = var.load_balancer == "shared"
  dedicated = var.load_balancer == "dedicated"

  alb = {
    shared = {
      arn               = var.platform.alb_arn
      security_group_id = var.platform.alb_security_group_id
      listener_arn      = var.platform.listener_arn
    }
    dedicated = {
      arn               = one(module.alb[*].alb_arn)
      security_group_id = one(module.alb[*].alb_security_group_id)
      listener_arn      = one(module.alb[*].listener_arn)
    }
    none = { arn = null, security_group_id = null, listener_arn = null }
  }[var.load_balancer]

  hosts = length(var.route.hosts) == 0 && var.platform.domain != null ? ["${var.name}.${var.platform.domain}"] : var.route.hosts

  # The same name has the same priority everywhere; a collision of two is refused by AWS with PriorityInUse.
  priority = coalesce(var.route.priority, 1 + parseint(substr(sha256(local.id), 0, 6), 16) % 49000)
}

module "alb" {
  source = "./modules/load-balancer"
  count  = local.dedicated ? 1 : 0

  name            = local.id
  vpc_id          = var.platform.vpc_id
  subnet_ids      = var.route.internal ? var.platform.subnet_ids : var.platform.public_subnet_ids
  internal        = var.route.internal
  certificate_arn = var.platform.certificate_arn
  https           = var.platform.domain != null
  idle_timeout    = local.idle_timeout
  tags            = local.tags
}

resource "aws_lb_target_group" "this" {
  count = local.http ? (local.managed ? 1 : 2) : 0 # blue and green

  name                          = "${local.id}-${var.container.port}${count.index == 0 ? "" : "b"}"
  port                          = var.container.port
  protocol                      = "HTTP"
  protocol_version              = var.route.protocol
  target_type                   = "ip"
  vpc_id                        = var.platform.vpc_id
  deregistration_delay          = module.drain.timing.deregistration_delay
  slow_start                    = var.route.slow_start
  load_balancing_algorithm_type = var.route.sockets ? "least_outstanding_requests" : "round_robin"
  tags                          = local.tags

  health_check {
    path                = var.health.path
    matcher             = var.health.matcher
    interval            = var.health.interval
    timeout             = var.health.timeout
    healthy_threshold   = var.health.healthy_threshold
    unhealthy_threshold = var.health.unhealthy_threshold
  }

  stickiness {
    type            = "lb_cookie"
    enabled         = var.route.stickiness > 0
    cookie_duration = max(1, var.route.stickiness)
  }

  lifecycle {
    create_before_destroy = true # a listener rule still uses the old one
  }
}

resource "aws_lb_listener_rule" "this" {
  count = local.http && local.managed ? 1 : 0

  listener_arn = local.alb.listener_arn
  priority     = local.priority
  tags         = merge(local.tags, { Name = var.name })

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this[0].arn
  }

  condition {
    path_pattern {
      values = var.route.paths
    }
  }

  dynamic "condition" {
    for_each = length(local.hosts) > 0 ? [local.hosts] : []

    content {
      host_header {
        values = condition.value
      }
    }
  }
}
