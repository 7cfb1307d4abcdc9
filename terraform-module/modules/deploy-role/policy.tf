################################################################################
# What it may do: push, register, update, and hand over two roles
################################################################################

locals {
  service_arns    = [for service in values(var.services) : "${replace(service.cluster_arn, ":cluster/", ":service/")}/${service.service_name}"]
  definition_arns = [for service in values(var.services) : "${split(":cluster/", service.cluster_arn)[0]}:task-definition/${service.task_family}:*"]
  repository_arns = [for service in values(var.services) : service.repository_arn if service.repository_arn != null]
  parameter_arns  = [for service in values(var.services) : service.image_parameter_arn if service.image_parameter_arn != null]

  statements = concat(
    [
      { Sid = "Read", Effect = "Allow", Action = ["ecs:DescribeTaskDefinition", "ecr:GetAuthorizationToken"], Resource = ["*"] }, # neither knows resources
      { Sid = "Register", Effect = "Allow", Action = ["ecs:RegisterTaskDefinition", "ecs:TagResource"], Resource = local.definition_arns },
      {
        Sid      = "Deploy"
        Effect   = "Allow"
        Action   = ["ecs:DescribeServices", "ecs:UpdateService", "ecs:ListServiceDeployments", "ecs:DescribeServiceDeployments", "ecs:StopServiceDeployment"]
        Resource = concat(local.service_arns, [for arn in local.service_arns : "${replace(arn, ":service/", ":service-deployment/")}/*"])
      },
      {
        Sid       = "HandOver"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = distinct(flatten([for service in values(var.services) : service.role_arns]))
        Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
      },
    ],
    [for arns in [local.repository_arns] : {
      Sid    = "Push"
      Effect = "Allow"
      Action = [
        "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
      ]
      Resource = arns
    } if length(arns) > 0],
    [for arns in [local.parameter_arns] : {
      Sid      = "Remember"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter", "ssm:PutParameter"]
      Resource = arns
    } if length(arns) > 0],
  )
}
