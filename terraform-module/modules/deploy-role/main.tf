################################################################################
# Role that CI deploys with
################################################################################

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "CI, to deploy ${join(", ", keys(var.services))}"
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = local.trust })
  max_session_duration = var.max_session
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

resource "aws_iam_role_policy" "this" {
  name   = "deploy"
  role   = aws_iam_role.this.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}

################################################################################
# Who may assume it: one environment of one repository, the roles of the agents
################################################################################

locals {
  github_host     = "token.actions.githubusercontent.com"
  github_provider = var.github == null ? null : coalesce(var.github.provider_arn, one(aws_iam_openid_connect_provider.github[*].arn))

  trust = concat(
    var.github == null ? [] : [{
      Sid       = "GitHub"
      Effect    = "Allow"
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Principal = { Federated = local.github_provider }
      Condition = {
        StringEquals = {
          "${local.github_host}:aud" = "sts.amazonaws.com"
          "${local.github_host}:sub" = "repo:${var.github.repository}:environment:${var.github.environment}"
        }
      }
    }],
    [for arns in [var.jenkins_principal_arns] : {
      Sid       = "Jenkins"
      Effect    = "Allow"
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Principal = { AWS = arns }
    } if length(arns) > 0],
  )
}

resource "aws_iam_openid_connect_provider" "github" {
  count = var.github == null ? 0 : (var.github.provider_arn == null ? 1 : 0)

  url            = "https://${local.github_host}"
  client_id_list = ["sts.amazonaws.com"]
  tags           = var.tags
}
