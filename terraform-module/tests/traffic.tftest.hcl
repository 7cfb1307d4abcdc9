# Load balancers and workers

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

run "a_worker_has_no_load_balancer" {
  command = plan

  variables {
    load_balancer = "none"
    drain         = { work = 90 }
  }

  assert {
    condition     = length(aws_lb_target_group.this) + length(aws_lb_listener_rule.this) + length(module.alb) == 0
    error_message = "none of it"
  }

  assert {
    condition     = jsondecode(output.container_definitions)[0].portMappings == [] && jsondecode(output.container_definitions)[0].stopTimeout == 100
    error_message = "no port, 90 + 5 + 5"
  }

  assert {
    condition     = length([for e in jsondecode(output.container_definitions)[0].environment : e if startswith(e.name, "CHASSIS_HTTP_")]) == 0
    error_message = "no numbers of HTTP"
  }

  assert {
    condition     = length(aws_ecs_service.this[0].alarms) == 0
    error_message = "no alarm of a load balancer"
  }
}

run "a_load_balancer_of_its_own_for_sockets" {
  command = plan

  variables {
    load_balancer = "dedicated"
    route         = { sockets = true, stickiness = 3600 }
  }

  assert {
    condition     = length(module.alb) == 1
    error_message = "one of its own"
  }

  assert {
    condition     = contains(jsondecode(output.container_definitions)[0].environment, { name = "CHASSIS_HTTP_KEEP_ALIVE", value = "3615s" })
    error_message = "beyond an idle timeout of an hour"
  }

  assert {
    condition     = aws_lb_target_group.this[0].load_balancing_algorithm_type == "least_outstanding_requests" && aws_lb_target_group.this[0].stickiness[0].cookie_duration == 3600
    error_message = "sticky, by outstanding requests"
  }
}

run "sockets_have_the_time_to_move_and_the_right_to_know_when" {
  command = plan

  variables {
    route = { sockets = true }
    drain = { request_timeout = 15 }
  }

  assert {
    condition     = tonumber(aws_lb_target_group.this[0].deregistration_delay) == 34
    error_message = "14s until the service knows, and 20s"
  }

  assert {
    condition = alltrue([for variable in [
      { name = "CHASSIS_PLATFORM_DEREGISTRATION_DELAY", value = "34s" },
      { name = "CHASSIS_PLATFORM_MAX_TASKS", value = tostring(var.scaling.max) },
    ] : contains(jsondecode(output.container_definitions)[0].environment, variable)])
    error_message = "what the service divides"
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.task[0].policy).Statement == [{ Effect = "Allow", Action = ["ecs:DescribeTasks"], Resource = ["arn:aws:ecs:us-east-1:123456789012:task/pilot/*"] }]
    error_message = "tasks of its own cluster, and nothing else"
  }
}

run "a_host_under_the_domain_of_the_platform" {
  command = plan

  variables {
    platform = {
      cluster_arn           = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
      cluster_name          = "pilot"
      vpc_id                = "vpc-0a"
      alb_security_group_id = "sg-0a"
      subnet_ids            = ["subnet-0a", "subnet-0b"]
      domain                = "games.example.com"
      listener_arn          = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pilot/0123456789abcdef/0123456789abcdef"
    }
  }

  assert {
    condition     = contains(flatten([for c in aws_lb_listener_rule.this[0].condition : [for h in c.host_header : tolist(h.values)]]), "orders.games.example.com")
    error_message = "orders.games.example.com"
  }
}

run "service_connect_by_name" {
  command = plan

  variables {
    platform = {
      cluster_arn           = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
      cluster_name          = "pilot"
      vpc_id                = "vpc-0a"
      alb_security_group_id = "sg-0a"
      subnet_ids            = ["subnet-0a", "subnet-0b"]
      namespace_arn         = "arn:aws:servicediscovery:us-east-1:123456789012:namespace/ns-0123456789abcdef"
      listener_arn          = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pilot/0123456789abcdef/0123456789abcdef"
    }
    service_connect = {}
  }

  assert {
    condition     = one(one(one(aws_ecs_service.this[0].service_connect_configuration).service).client_alias).dns_name == "orders"
    error_message = "as orders"
  }

  assert {
    condition     = output.monthly_cost_estimate.lines.average.service_connect > 0
    error_message = "its price is shown"
  }
}

run "alarms_that_ops_hear" {
  command = plan

  variables {
    alarms = { topics = ["arn:aws:sns:us-east-1:123456789012:on-call"] }
  }

  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset(["abandoned-drains", "cpu", "latency", "memory", "none-healthy", "unhealthy"])
    error_message = "six, and the share of errors"
  }

  assert {
    condition     = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.this) : alarm.alarm_actions == toset(["arn:aws:sns:us-east-1:123456789012:on-call"])])
    error_message = "all of them tell"
  }

  assert {
    condition     = aws_cloudwatch_log_metric_filter.abandoned[0].pattern == "{ $.event = \"drain_report\" && $.verdict = \"abandoned\" }"
    error_message = "as docs/drain.md says"
  }
}

run "a_dashboard_that_can_be_read" {
  command = apply

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets) == 6
    error_message = "six questions"
  }
}
