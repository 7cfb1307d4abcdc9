# How many tasks

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

run "scaling_out_takes_what_it_takes" {
  command = plan

  variables {
    scaling = { min = 1, max = 30, burst = { steps = [{ from = 70, add = 29 }] } }
  }

  assert {
    condition     = output.estimated_scale_out.seconds == { target_tracking = 783, burst = 80 }
    error_message = "363 and six more decisions a minute apart, or 20; + 30 + 20 + 10"
  }

  assert {
    condition     = output.estimated_scale_out.cpu_decisions == 7
    error_message = "1 to 30 at 60 %"
  }

  assert {
    condition     = output.quota_report.fargate_vcpus == 30 && output.quota_report.tasks == 60
    error_message = "60 tasks of half a vCPU"
  }
}

run "a_thousand_tasks_wait_for_the_bucket" {
  command = plan

  variables {
    scaling       = { max = 1000 }
    deployment    = { max_percent = 150 }
    load_balancer = "none"
  }

  assert {
    condition     = output.quota_report.seconds_at_20_launches == 45
    error_message = "900 beyond the burst"
  }
}

run "requests_first_cpu_for_safety" {
  command = plan

  module {
    source = "./modules/scaling"
  }

  variables {
    cluster_name = "pilot"
    service_name = "orders"
    settings = {
      id                  = "orders-dev"
      min                 = 2
      max                 = 30
      high_resolution     = false
      scale_in_cooldown   = 300
      scale_out_cooldown  = 30
      tags                = {}
      events              = {}
      requests_per_target = 1000
      request_label       = "app/pilot/0/targetgroup/orders/0"
      cpu_target          = 60
    }
  }

  assert {
    condition     = toset(keys(aws_appautoscaling_policy.predefined)) == toset(["requests", "cpu"])
    error_message = "both"
  }

  assert {
    condition     = aws_appautoscaling_target.this.resource_id == "service/pilot/orders"
    error_message = "the service"
  }
}

run "requests_are_noticed_at_once_and_in_full" {
  command = plan

  variables {
    scaling = { min = 1, max = 30, requests_per_target = 1000 }
  }

  assert {
    condition     = output.estimated_scale_out.seconds == { target_tracking = 423 }
    error_message = "one decision"
  }
}

run "one_to_thirty_in_a_minute" {
  command = plan

  variables {
    scaling    = { min = 1, max = 30, burst = { steps = [{ from = 70, add = 29 }] }, wish = { from = 1, to = 30, seconds = 65 } }
    deployment = { start_seconds = 5 }
  }

  assert {
    condition     = output.estimated_scale_out.seconds.burst == 65 && output.estimated_scale_out.wish_granted
    error_message = "20 + 30 + 5 + 10, and not less"
  }
}

run "bursts_add_at_once" {
  command = plan

  module {
    source = "./modules/scaling"
  }

  variables {
    cluster_name = "pilot"
    service_name = "orders"
    settings = {
      id                 = "orders-dev"
      min                = 2
      max                = 30
      high_resolution    = false
      scale_in_cooldown  = 300
      scale_out_cooldown = 30
      tags               = {}
      events             = {}
      ready              = 80
      metrics            = { namespace = "Chassis", dimensions = { Service = "orders", Environment = "dev" } }
      burst              = { steps = [{ from = 70, add = 10 }, { from = 90, add = 28 }] }
    }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.burst[0].period == 10 && aws_cloudwatch_metric_alarm.burst[0].threshold == 70
    error_message = "every ten seconds"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.burst[0].namespace == "Chassis" && aws_cloudwatch_metric_alarm.burst[0].metric_name == "RequestsInFlightShare"
    error_message = "what the service sends"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.burst[0].dimensions == tomap({ Service = "orders", Environment = "dev" })
    error_message = "of this service"
  }

  assert {
    condition     = one(aws_appautoscaling_policy.burst[0].step_scaling_policy_configuration).adjustment_type == "ChangeInCapacity" && one(aws_appautoscaling_policy.burst[0].step_scaling_policy_configuration).cooldown == 80
    error_message = "adds, and waits until what was added can help"
  }

  assert {
    condition     = toset([for s in one(aws_appautoscaling_policy.burst[0].step_scaling_policy_configuration).step_adjustment : "${s.metric_interval_lower_bound}-${coalesce(s.metric_interval_upper_bound, "∞")} ${s.scaling_adjustment}"]) == toset(["0-20 10", "20-∞ 28"])
    error_message = "from 70 on 10, from 90 on 28"
  }
}

run "a_queue_by_backlog_per_task" {
  command = plan

  module {
    source = "./modules/scaling"
  }

  variables {
    cluster_name = "pilot"
    service_name = "orders"
    settings = {
      id                 = "orders-dev"
      max                = 30
      high_resolution    = false
      scale_in_cooldown  = 300
      scale_out_cooldown = 30
      tags               = {}
      events             = {}
      min                = 0
      queue              = { namespace = "AWS/AmazonMQ", metric = "MessageReadyCount", dimensions = { Queue = "scores" }, latency = 60, processing_time = 0.5, concurrency = 4 }
    }
  }

  assert {
    condition     = one(aws_appautoscaling_policy.queue[0].target_tracking_scaling_policy_configuration).target_value == 480
    error_message = "60 / 0.5 × 4"
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.wake) == 1
    error_message = "the first message wakes the first task"
  }
}

run "a_queue_by_what_the_service_sends" {
  command = plan

  module {
    source = "./modules/scaling"
  }

  variables {
    cluster_name = "pilot"
    service_name = "orders"
    settings = {
      id                 = "orders-dev"
      max                = 30
      high_resolution    = false
      scale_in_cooldown  = 300
      scale_out_cooldown = 30
      tags               = {}
      events             = {}
      min                = 1
      metrics            = { namespace = "Chassis", dimensions = { Service = "orders", Environment = "dev" } }
      queue              = { namespace = "AWS/AmazonMQ", metric = "MessageReadyCount", latency = 60, processing_time = 0.5, concurrency = 4 }
    }
  }

  assert {
    condition     = one(one(aws_appautoscaling_policy.own_queue[0].target_tracking_scaling_policy_configuration).customized_metric_specification).metric_name == "QueueBacklogPerTask"
    error_message = "its own metric"
  }

  assert {
    condition     = one(aws_appautoscaling_policy.own_queue[0].target_tracking_scaling_policy_configuration).target_value == 480
    error_message = "60 / 0.5 × 4"
  }

  assert {
    condition     = length(aws_appautoscaling_policy.queue) == 0 && length(aws_cloudwatch_metric_alarm.wake) == 0
    error_message = "not the broker's"
  }
}

run "what_scales_is_sent_and_allowed" {
  command = plan

  variables {
    scaling       = { min = 1, queue = { latency = 60, processing_time = 0.5 } }
    load_balancer = "none"
    usage         = { log_lines = 0 }
  }

  assert {
    condition     = { for v in jsondecode(output.container_definitions)[0].environment : v.name => v.value if startswith(v.name, "CHASSIS_CLOUDWATCH_") } == { CHASSIS_CLOUDWATCH_ENVIRONMENT = "dev", CHASSIS_CLOUDWATCH_SCALING_NAMESPACE = "Chassis" }
    error_message = "the service is told where to"
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.task[0].policy).Statement == [{ Effect = "Allow", Action = ["cloudwatch:PutMetricData"], Resource = ["*"], Condition = { StringEquals = { "cloudwatch:namespace" = "Chassis" } } }]
    error_message = "into this namespace and no other"
  }

  assert {
    condition     = output.scaling.metrics == { namespace = "Chassis", dimensions = { Service = "orders", Environment = "dev" } }
    error_message = "the alarm and the policy look at the same"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["backlog"].metric_name == "QueueBacklogPerTask" && aws_cloudwatch_metric_alarm.this["backlog"].threshold == 120
    error_message = "the backlog of each"
  }

  assert {
    condition     = output.monthly_cost_estimate.lines.min.metric_requests == 2.63
    error_message = "262.8 thousand requests"
  }
}

run "nothing_is_sent_that_nobody_looks_at" {
  command = plan

  assert {
    condition     = length(aws_iam_role_policy.task) == 0 && output.monthly_cost_estimate.lines.max.metric_requests == 0
    error_message = "no metric, no permission, no price"
  }

  assert {
    condition     = !strcontains(output.container_definitions, "CHASSIS_CLOUDWATCH_")
    error_message = "nor the variables"
  }
}

run "an_event_raises_the_floor_and_lowers_it" {
  command = plan

  module {
    source = "./modules/scaling"
  }

  variables {
    cluster_name = "pilot"
    service_name = "orders"
    settings = {
      id                 = "orders-dev"
      min                = 2
      max                = 30
      high_resolution    = false
      scale_in_cooldown  = 300
      scale_out_cooldown = 30
      tags               = {}
      events             = { final = { start = "at(2099-05-30T13:25:00)", end = "at(2099-05-30T18:30:00)", min = 20, timezone = "UTC" } }
    }
  }

  assert {
    condition     = aws_appautoscaling_scheduled_action.start["final"].scalable_target_action[0].min_capacity == "20" && aws_appautoscaling_scheduled_action.end["final"].scalable_target_action[0].min_capacity == "2"
    error_message = "20, then 2"
  }

  assert {
    condition     = aws_appautoscaling_target.this.min_capacity == 2
    error_message = "not yet"
  }
}

run "an_apply_during_an_event_keeps_its_floor" {
  command = plan

  module {
    source = "./modules/scaling"
  }

  variables {
    cluster_name = "pilot"
    service_name = "orders"
    settings = {
      id                 = "orders-dev"
      min                = 2
      max                = 30
      high_resolution    = false
      scale_in_cooldown  = 300
      scale_out_cooldown = 30
      tags               = {}
      events             = { season = { start = "at(2020-01-01T00:00:00)", end = "at(2099-01-01T00:00:00)", min = 20, timezone = "UTC" } }
    }
  }

  assert {
    condition     = aws_appautoscaling_target.this.min_capacity == 20
    error_message = "20 while it lasts"
  }
}
