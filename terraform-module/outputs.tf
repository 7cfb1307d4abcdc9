################################################################################
# Names
################################################################################

output "service_name" {
  description = "Name of the ECS service."
  value       = var.name
}

output "task_definition_arn" {
  description = "ARN of the task definition, with its revision."
  value       = aws_ecs_task_definition.this.arn
}

output "task_family" {
  description = "Family of the task definition: what CI reads the latest revision of."
  value       = aws_ecs_task_definition.this.family
}

output "role_arns" {
  description = "ARNs of the execution role and the task role: what a deploy role may pass."
  value       = [aws_iam_role.execution.arn, aws_iam_role.task.arn]
}

output "task_role_name" {
  description = "Name of the task role, for further policies."
  value       = aws_iam_role.task.name
}

output "task_security_group_id" {
  description = "Security group of the tasks, for the rules of databases and brokers."
  value       = aws_security_group.task.id
}

output "repository_url" {
  description = "URL of the ECR repository; null without one."
  value       = one(aws_ecr_repository.this[*].repository_url)
}

output "repository_arn" {
  description = "ARN of the ECR repository; null without one."
  value       = one(aws_ecr_repository.this[*].arn)
}

output "image_parameter" {
  description = "Name of the SSM parameter that CI writes the image into after a deployment that worked; null when Terraform owns the image."
  value       = one(aws_ssm_parameter.image[*].name)
}

output "image_parameter_arn" {
  description = "ARN of that parameter."
  value       = one(aws_ssm_parameter.image[*].arn)
}

output "log_group_name" {
  description = "Name of the log group."
  value       = aws_cloudwatch_log_group.this.name
}

output "load_balancer_dns_name" {
  description = "DNS name of the load balancer of its own; null otherwise."
  value       = one(module.alb[*].dns_name)
}

output "dashboard_url" {
  description = "The dashboard in the console; null without one."
  value       = var.alarms.dashboard ? "https://${local.region}.console.aws.amazon.com/cloudwatch/home?region=${local.region}#dashboards/dashboard/${local.id}" : null
}

################################################################################
# Contract
################################################################################

output "timing_contract" {
  description = "Every number of the drain, in seconds."
  value       = module.drain.timing
}

output "environment_contract" {
  description = "The environment that carries the contract to the service."
  value       = module.drain.environment
}

output "container_definitions" {
  description = "Container definitions as rendered, in JSON."
  value       = jsonencode(local.containers)
}

################################################################################
# Figures
################################################################################

output "monthly_cost_estimate" {
  description = "USD a month: lines and total at min, average and max tasks, what each choice saves, and where and when the prices are from."
  value = {
    total   = module.cost.total
    lines   = module.cost.lines
    savings = module.cost.savings
    prices  = "${local.price_table.region}, ${local.price_table.as_of}${length(var.prices) == 0 ? "" : ", with ${length(var.prices)} of your own"}"
  }
}

output "estimated_scale_out" {
  description = "How long scaling out takes about, in seconds, by the way it is noticed; how many decisions CPU tracking needs for scaling.wish (else min to max); whether the wish is possible."
  value = {
    seconds       = local.scale_out_seconds
    cpu_decisions = local.cpu_decisions
    wish_granted  = local.wish_granted
  }
}

output "quota_report" {
  description = "What the account must allow for scaling.max tasks during a deployment. Compare with Service Quotas before the first load test."
  value = {
    tasks                     = local.peak_tasks
    fargate_vcpus             = local.peak_tasks * var.size.cpu / 1024
    spot_vcpus                = var.spot == null ? 0 : local.peak_tasks * var.size.cpu / 1024
    targets_of_load_balancer  = local.http ? local.peak_tasks : 0
    targets_allowed           = 1000
    addresses_in_subnets      = local.peak_tasks
    seconds_at_20_launches    = ceil(max(0, var.scaling.max - 100) / 20)
    database_connections      = local.peak_connections
    database_connections_left = local.connections_left
  }
}

################################################################################
# For other modules
################################################################################

output "service" {
  description = "The service as data, for modules/blue-green."
  value = merge(local.service, {
    listener_arn         = local.alb.listener_arn
    priority             = local.priority
    paths                = var.route.paths
    hosts                = local.hosts
    blue_target_group    = try(aws_lb_target_group.this[0].arn, null)
    green_target_group   = try(aws_lb_target_group.this[1].arn, null)
    permissions_boundary = var.permissions_boundary
  })
}

output "scaling" {
  description = "The scaling as data, for modules/scaling where modules/blue-green has the service, and for modules/predictive-scaling."
  value       = local.scaling
}
