################################################################################
# Who may reach a task
################################################################################

resource "aws_security_group" "task" {
  name_prefix = "${local.id}-task-"
  description = "Tasks of ${local.id}"
  vpc_id      = var.platform.vpc_id
  tags        = merge(local.tags, { Name = "${local.id}-task" })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "balancer" {
  count = local.http ? 1 : 0

  security_group_id            = aws_security_group.task.id
  description                  = "Requests from the load balancer"
  referenced_security_group_id = local.alb.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.container.port
  to_port                      = var.container.port
}

resource "aws_vpc_security_group_ingress_rule" "hazelcast" {
  count = var.hazelcast == null ? 0 : 1

  security_group_id            = aws_security_group.task.id
  description                  = "Hazelcast between the tasks"
  referenced_security_group_id = aws_security_group.task.id
  ip_protocol                  = "tcp"
  from_port                    = var.hazelcast.port
  to_port                      = var.hazelcast.port
}

data "aws_vpc" "this" {
  count = var.service_connect == null ? 0 : 1

  id = var.platform.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "service_connect" {
  count = var.service_connect == null ? 0 : 1

  security_group_id = aws_security_group.task.id
  description       = "Requests of the namespace's other services"
  cidr_ipv4         = data.aws_vpc.this[0].cidr_block
  ip_protocol       = "tcp"
  from_port         = var.container.port
  to_port           = var.container.port
}

resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_security_group.task.id
  description       = "Everything: registries, AWS, databases, brokers"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
