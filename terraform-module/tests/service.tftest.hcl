# The smallest call, and what it makes

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  environment = "dev"
  image       = "registry.example.com/orders:1.0.0"

  platform = {
    cluster_arn           = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
    cluster_name          = "pilot"
    vpc_id                = "vpc-0a"
    subnet_ids            = ["subnet-0a", "subnet-0b"]
    public_subnet_ids     = ["subnet-0c", "subnet-0d"]
    alb_arn               = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/pilot/0123456789abcdef"
    alb_security_group_id = "sg-0a"
    listener_arn          = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pilot/0123456789abcdef/0123456789abcdef"
  }
}

run "the_smallest_call" {
  command = plan

  assert {
    condition     = aws_ecs_service.this[0].deployment_minimum_healthy_percent == 100 && aws_ecs_service.this[0].deployment_maximum_percent == 200
    error_message = "rolling 100/200"
  }

  assert {
    condition     = aws_ecs_service.this[0].deployment_circuit_breaker[0].rollback
    error_message = "the circuit breaker rolls back"
  }

  assert {
    condition     = length(aws_ecs_service.this[0].capacity_provider_strategy) == 1
    error_message = "a strategy from the first day"
  }

  assert {
    condition     = toset(one(aws_ecs_service.this[0].alarms).alarm_names) == toset(["orders-dev-errors", "orders-dev-latency", "orders-dev-unhealthy"])
    error_message = "three alarms roll back"
  }

  assert {
    condition     = aws_ecs_task_definition.this.runtime_platform[0].cpu_architecture == "ARM64"
    error_message = "ARM64"
  }

  assert {
    condition     = aws_ecs_task_definition.this.track_latest
    error_message = "CI's revisions are followed"
  }

  assert {
    condition     = aws_lb_listener_rule.this[0].priority >= 1 && aws_lb_listener_rule.this[0].priority <= 49000
    error_message = "a derived priority"
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "logs for 30 days"
  }
}

run "the_container_is_hardened" {
  command = plan

  assert {
    condition     = jsondecode(output.container_definitions)[0].user == "10001:10001" && jsondecode(output.container_definitions)[0].readonlyRootFilesystem
    error_message = "not root, on a read-only root"
  }

  assert {
    condition     = jsondecode(output.container_definitions)[0].linuxParameters.capabilities.drop == ["ALL"] && jsondecode(output.container_definitions)[0].linuxParameters.initProcessEnabled
    error_message = "no capabilities, and an init"
  }

  assert {
    condition     = one(jsondecode(output.container_definitions)[0].linuxParameters.tmpfs).containerPath == "/tmp"
    error_message = "a tmpfs for /tmp"
  }

  assert {
    condition     = jsondecode(output.container_definitions)[0].logConfiguration.options.mode == "non-blocking" && jsondecode(output.container_definitions)[0].logConfiguration.options["max-buffer-size"] == "25m"
    error_message = "the log mode is explicit"
  }

  assert {
    condition     = one(jsondecode(output.container_definitions)[0].portMappings).containerPort == 8080
    error_message = "a port as a number"
  }
}

run "one_drain_drives_everything" {
  command = plan

  variables {
    drain = { request_timeout = 25, announce = 15, work = 10 }
  }

  assert {
    condition     = jsondecode(output.container_definitions)[0].stopTimeout == 60
    error_message = "15 + 25 + 10 + 5 + 5"
  }

  assert {
    condition     = tonumber(aws_lb_target_group.this[0].deregistration_delay) == 30
    error_message = "25 + 5"
  }

  assert {
    condition     = contains(jsondecode(output.container_definitions)[0].environment, { name = "CHASSIS_DRAIN_BUDGET", value = "55s" })
    error_message = "the budget"
  }

  assert {
    condition     = contains(jsondecode(output.container_definitions)[0].environment, { name = "CHASSIS_PLATFORM_STOP_TIMEOUT", value = "60s" })
    error_message = "what the platform does"
  }

  assert {
    condition     = contains(jsondecode(output.container_definitions)[0].environment, { name = "CHASSIS_HTTP_KEEP_ALIVE", value = "75s" })
    error_message = "keep-alive beyond the balancer's 60"
  }

  assert {
    condition     = aws_ecs_service.this[0].health_check_grace_period_seconds == 60
    error_message = "20 + 2 × 5 + 30"
  }

  assert {
    condition     = output.timing_contract.planned_stop == 90
    error_message = "30 + 60"
  }
}

run "the_image_of_terraform" {
  command = plan

  variables {
    deployment = { image_owner = "terraform" }
  }

  assert {
    condition     = jsondecode(output.container_definitions)[0].image == "registry.example.com/orders:1.0.0"
    error_message = "the input"
  }

  assert {
    condition     = length(aws_ssm_parameter.image) == 0 && !aws_ecs_task_definition.this.track_latest
    error_message = "nothing of CI's"
  }
}

run "spot_with_a_base_on_demand" {
  command = plan

  variables {
    spot = { on_demand_base = 2, spot_weight = 3 }
  }

  assert {
    condition     = toset([for s in aws_ecs_service.this[0].capacity_provider_strategy : "${s.capacity_provider} ${s.base} ${s.weight}"]) == toset(["FARGATE 2 1", "FARGATE_SPOT 0 3"])
    error_message = "base and weights"
  }

  assert {
    condition     = contains(jsondecode(output.container_definitions)[0].environment, { name = "CHASSIS_PLATFORM_UNHEALTHY_AFTER", value = "13s" })
    error_message = "requests may come after SIGTERM"
  }
}

run "hazelcast_between_the_tasks" {
  command = plan

  variables {
    hazelcast = {}
    scaling   = { min = 3, max = 5 }
  }

  assert {
    condition     = aws_ecs_service.this[0].deployment_maximum_percent == 134
    error_message = "one member at a time"
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.hazelcast[0].from_port == 5701
    error_message = "5701 between the tasks"
  }

  assert {
    condition     = aws_ecs_service.this[0].availability_zone_rebalancing == "DISABLED"
    error_message = "nobody else stops members"
  }

  assert {
    condition     = [for port in jsondecode(output.container_definitions)[0].portMappings : port.containerPort] == [8080, 5701]
    error_message = "both ports"
  }
}

run "a_collector_outlives_the_service" {
  command = plan

  variables {
    collector = { image = "otel:1" }
  }

  assert {
    condition     = one(jsondecode(output.container_definitions)[0].dependsOn).containerName == "collector"
    error_message = "starts after it, so stops before it"
  }

  assert {
    condition     = !jsondecode(output.container_definitions)[1].essential
    error_message = "the service outlives a collector that dies"
  }
}

run "a_service_of_another_controller" {
  command = plan

  variables {
    deployment = { controller = "external" }
  }

  assert {
    condition     = length(aws_ecs_service.this) == 0 && length(aws_lb_listener_rule.this) == 0
    error_message = "service and rule are modules/blue-green's"
  }

  assert {
    condition     = [for group in aws_lb_target_group.this : group.name] == ["orders-dev-8080", "orders-dev-8080b"]
    error_message = "blue and green"
  }
}
