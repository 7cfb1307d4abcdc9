# Named as the attributes of the root module's input platform: platform = module.platform

output "cluster_arn" {
  description = "ARN of the cluster."
  value       = aws_ecs_cluster.this.arn
}

output "cluster_name" {
  description = "Name of the cluster."
  value       = aws_ecs_cluster.this.name
}

output "vpc_id" {
  description = "VPC of the platform."
  value       = var.vpc_id
}

output "subnet_ids" {
  description = "Subnets of tasks."
  value       = var.subnet_ids
}

output "public_subnet_ids" {
  description = "Subnets of load balancers."
  value       = var.public_subnet_ids
}

output "assign_public_ip" {
  description = "Whether tasks get public addresses."
  value       = var.assign_public_ip
}

output "alb_arn" {
  description = "ARN of the shared load balancer; null without one."
  value       = one(module.alb[*].alb_arn)
}

output "alb_security_group_id" {
  description = "Security group of the shared load balancer."
  value       = one(module.alb[*].alb_security_group_id)
}

output "alb_idle_timeout" {
  description = "Idle timeout of the shared load balancer, in seconds."
  value       = var.alb == null ? 60 : var.alb.idle_timeout
}

output "alb_services" {
  description = "How many services are expected on the shared load balancer."
  value       = var.alb == null ? 1 : var.alb.services
}

output "listener_arn" {
  description = "Listener that services add their rules to."
  value       = one(module.alb[*].listener_arn)
}

output "url" {
  description = "Where the load balancer is reached; null without one."
  value       = var.alb == null ? null : "${var.domain == null ? "http" : "https"}://${var.domain == null ? module.alb[0].dns_name : "<service>.${var.domain.name}"}"
}

output "domain" {
  description = "Domain of the services; null without one."
  value       = var.domain == null ? null : var.domain.name
}

output "certificate_arn" {
  description = "Certificate of the domain, for load balancers of services of their own."
  value       = one(aws_acm_certificate_validation.this[*].certificate_arn)
}

output "namespace_arn" {
  description = "Namespace for Service Connect; null without one."
  value       = one(aws_service_discovery_http_namespace.this[*].arn)
}
