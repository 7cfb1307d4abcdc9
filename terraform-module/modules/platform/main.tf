################################################################################
# Cluster
################################################################################

resource "aws_ecs_cluster" "this" {
  name = var.name
  tags = local.tags

  setting {
    name  = "containerInsights"
    value = var.container_insights
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]

  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = var.capacity_providers.on_demand_base
    weight            = var.capacity_providers.on_demand_weight
  }

  dynamic "default_capacity_provider_strategy" {
    for_each = var.capacity_providers.spot_weight > 0 ? [var.capacity_providers.spot_weight] : []

    content {
      capacity_provider = "FARGATE_SPOT"
      weight            = default_capacity_provider_strategy.value
    }
  }
}

################################################################################
# Load balancer that the services share
################################################################################

module "alb" {
  source = "../load-balancer"
  count  = var.alb == null ? 0 : 1

  name                = var.name
  vpc_id              = var.vpc_id
  subnet_ids          = var.public_subnet_ids
  https               = var.domain != null
  certificate_arn     = one(aws_acm_certificate_validation.this[*].certificate_arn)
  idle_timeout        = var.alb.idle_timeout
  ingress_cidrs       = var.alb.ingress_cidrs
  deletion_protection = var.alb.deletion_protection
  tags                = local.tags
}

################################################################################
# Namespace and registry
################################################################################

resource "aws_service_discovery_http_namespace" "this" {
  count = var.namespace ? 1 : 0

  name        = var.name
  description = "Service Connect of ${var.name}"
  tags        = local.tags
}

resource "aws_ecr_registry_scanning_configuration" "this" {
  count = var.registry_scan == null ? 0 : 1

  scan_type = var.registry_scan

  rule {
    scan_frequency = var.registry_scan == "ENHANCED" ? "CONTINUOUS_SCAN" : "SCAN_ON_PUSH"

    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}

locals {
  tags = merge(var.tags, { Platform = var.name, ManagedBy = "terraform" })
}
