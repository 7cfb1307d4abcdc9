################################################################################
# Environment and secrets of the service
################################################################################

locals {
  environment = merge(
    var.environment_variables,
    module.drain.environment,
    local.metrics_environment,
    local.http ? { CHASSIS_HTTP_PORT = tostring(var.container.port) } : {},
    var.collector == null ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT = "http://localhost:4317" },
  )

  # One map makes the injection and the permission: they cannot drift apart.
  secrets = {
    for name, from in var.secrets :
    name => startswith(from, "/") ? "${local.arn}:ssm:${local.region}:${local.account}:parameter${from}" : from
  }

  # A Secrets Manager ARN has seven parts; behind them come JSON key, stage and version, which IAM does not know.
  secret_arns = distinct([for from in values(local.secrets) : join(":", slice(split(":", from), 0, min(7, length(split(":", from)))))])

  ssm_arns            = [for arn in local.secret_arns : arn if strcontains(arn, ":ssm:")]
  secretsmanager_arns = [for arn in local.secret_arns : arn if strcontains(arn, ":secretsmanager:")]
}
