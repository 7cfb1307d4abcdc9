################################################################################
# Execution role: pulls, logs and reads the secrets that are listed
################################################################################

locals {
  trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "${local.arn}:ecs:${local.region}:${local.account}:*" }
      }
    }]
  })

  # The module's repository, and the one the first image comes from if that is one of ECR.
  foreign         = try(regex("^(?P<account>\\d{12})\\.dkr\\.ecr\\.(?P<region>[a-z0-9-]+)\\.amazonaws\\.com/(?P<name>[^:@]+)", var.image), null)
  foreign_arn     = local.foreign == null ? "" : "${local.arn}:ecr:${local.foreign.region}:${local.foreign.account}:repository/${local.foreign.name}"
  repository_arns = distinct(concat(aws_ecr_repository.this[*].arn, compact([local.foreign_arn])))

  execution_statements = concat(
    [
      { Sid = "Login", Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = ["*"] },
      {
        Sid      = "Log"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.this.arn}:*"]
      },
    ],
    var.repository == null && local.foreign == null ? [] : [{
      Sid      = "Pull"
      Effect   = "Allow"
      Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Resource = local.repository_arns
    }],
    [for arns in [local.ssm_arns] : { Sid = "Parameters", Effect = "Allow", Action = ["ssm:GetParameters"], Resource = arns } if length(arns) > 0],
    [for arns in [local.secretsmanager_arns] : { Sid = "Secrets", Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = arns } if length(arns) > 0],
    [for arns in [var.secrets_kms_key_arns] : { Sid = "Decrypt", Effect = "Allow", Action = ["kms:Decrypt"], Resource = arns } if length(arns) > 0],
  )
}

resource "aws_iam_role" "execution" {
  name                 = "${local.id}-${local.region}-execution"
  description          = "ECS itself, to start tasks of ${local.id}"
  assume_role_policy   = local.trust
  permissions_boundary = var.permissions_boundary
  tags                 = local.tags
}

resource "aws_iam_role_policy" "execution" {
  name   = "start"
  role   = aws_iam_role.execution.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.execution_statements })
}

################################################################################
# Task role: what the service itself may do
################################################################################

locals {
  task_statements = concat(
    [for statement in var.task_policy_statements : { Effect = "Allow", Action = statement.actions, Resource = statement.resources }],
    var.hazelcast == null ? [] : local.hazelcast_statements,
    !local.http || !var.route.sockets ? [] : local.sockets_statements,
    !var.exec ? [] : local.exec_statements,
    !local.sends ? [] : local.metrics_statements,
  )

  # Members find each other by the tasks of the cluster. ListTasks knows no ARN of what it lists, only the cluster as a condition.
  hazelcast_statements = [{
    Effect    = "Allow"
    Action    = ["ecs:ListTasks", "ecs:DescribeTasks"]
    Resource  = ["*"]
    Condition = { ArnEquals = { "ecs:cluster" = var.platform.cluster_arn } }
  }]

  # A task asks whether it is taken away. Which of the cluster's tasks it is, nobody knows before it runs.
  sockets_statements = [{
    Effect   = "Allow"
    Action   = ["ecs:DescribeTasks"]
    Resource = ["${replace(var.platform.cluster_arn, ":cluster/", ":task/")}/*"]
  }]

  exec_statements = [{
    Effect   = "Allow"
    Action   = ["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"]
    Resource = ["*"]
  }]
}

resource "aws_iam_role" "task" {
  name                 = "${local.id}-${local.region}-task"
  description          = "The service ${local.id} itself"
  assume_role_policy   = local.trust
  permissions_boundary = var.permissions_boundary
  tags                 = local.tags
}

resource "aws_iam_role_policy" "task" {
  count = length(local.task_statements) > 0 ? 1 : 0

  name   = "use"
  role   = aws_iam_role.task.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.task_statements })
}
