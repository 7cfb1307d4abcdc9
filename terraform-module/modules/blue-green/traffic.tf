################################################################################
# Rule that ECS moves from blue to green, and the role it does that with
################################################################################

resource "aws_lb_listener_rule" "this" {
  listener_arn = var.service.listener_arn
  priority     = var.service.priority
  tags         = merge(var.service.tags, { Name = var.service.name })

  action {
    type = "forward"

    forward {
      target_group {
        arn    = var.service.blue_target_group
        weight = 100
      }

      target_group {
        arn    = var.service.green_target_group
        weight = 0
      }
    }
  }

  condition {
    path_pattern {
      values = var.service.paths
    }
  }

  dynamic "condition" {
    for_each = length(var.service.hosts) > 0 ? [var.service.hosts] : []

    content {
      host_header {
        values = condition.value
      }
    }
  }

  lifecycle {
    ignore_changes = [action] # ECS moves it
  }
}

data "aws_partition" "current" {}

resource "aws_iam_role" "this" {
  name_prefix          = "${var.service.name}-traffic-"
  description          = "ECS, to move the traffic of ${var.service.name}"
  permissions_boundary = var.service.permissions_boundary
  tags                 = var.service.tags

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers"
}
