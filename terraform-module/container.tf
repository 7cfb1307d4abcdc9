################################################################################
# Container definitions. With what AWS itself would fill in, and sorted, so that
# a second plan is empty.
################################################################################

locals {
  containers = concat([local.app], var.collector == null ? [] : [local.collector])

  app = merge(
    local.hardened,
    {
      name             = var.name
      image            = local.image
      essential        = true
      user             = var.container.user
      stopTimeout      = module.drain.timing.stop_timeout
      environment      = [for name, value in local.environment : { name = name, value = value }]
      secrets          = [for name, from in local.secrets : { name = name, valueFrom = from }]
      portMappings     = local.ports
      logConfiguration = local.log_configuration
    },
    var.container.command == null ? {} : { command = var.container.command },
    var.container.health_command == null ? {} : { healthCheck = local.container_health },
    var.collector == null ? {} : { dependsOn = [{ containerName = "collector", condition = "START" }] },
  )

  hardened = {
    readonlyRootFilesystem = var.container.read_only_root
    linuxParameters = {
      initProcessEnabled = true # reaps what ECS Exec leaves, and hands SIGTERM on
      capabilities       = { drop = ["ALL"] }
      tmpfs              = [{ containerPath = "/tmp", size = var.container.tmp_mib, mountOptions = ["mode=1777"] }]
    }
    mountPoints    = []
    volumesFrom    = []
    systemControls = []
  }

  # By a filter, not a condition: that would make maps of text of them.
  ports = [for port in [local.http_port, local.hazelcast_port] : port if port.containerPort != null]

  http_port = {
    name          = "http"
    containerPort = local.http ? var.container.port : null
    hostPort      = var.container.port
    protocol      = "tcp"
    appProtocol   = { HTTP1 = "http", HTTP2 = "http2", GRPC = "grpc" }[var.route.protocol]
  }

  hazelcast_port = {
    name          = "hazelcast"
    containerPort = one(var.hazelcast[*].port)
    hostPort      = one(var.hazelcast[*].port)
    protocol      = "tcp"
  }

  container_health = {
    command     = var.container.health_command
    interval    = 15
    timeout     = 5
    retries     = 3
    startPeriod = min(300, var.deployment.start_seconds + 30)
  }

  log_configuration = {
    logDriver = "awslogs"
    options = merge(
      {
        "awslogs-group"         = aws_cloudwatch_log_group.this.name
        "awslogs-region"        = local.region
        "awslogs-stream-prefix" = "task"
        "mode"                  = var.logs.mode
      },
      var.logs.mode == "blocking" ? {} : { "max-buffer-size" = "${var.logs.buffer_mib}m" },
    )
  }
}
