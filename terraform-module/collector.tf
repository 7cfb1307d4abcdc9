################################################################################
# OpenTelemetry collector beside the service: it starts first and stops last
################################################################################

locals {
  collector = var.collector == null ? null : merge(
    {
      name                   = "collector"
      image                  = var.collector.image
      essential              = false
      memory                 = var.collector.memory
      stopTimeout            = var.collector.stop_timeout
      readonlyRootFilesystem = true
      environment            = []
      mountPoints            = []
      portMappings           = []
      volumesFrom            = []
      systemControls         = []
      logConfiguration = merge(local.log_configuration, {
        options = merge(local.log_configuration.options, { "awslogs-stream-prefix" = "collector" })
      })
    },
    var.collector.command == null ? {} : { command = var.collector.command },
  )
}
