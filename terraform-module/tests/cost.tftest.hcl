# Money, to the cent, against the cost table

variables {
  prices = {
    hours_per_month             = 730
    x86_vcpu_hour               = 0.04048
    x86_gb_hour                 = 0.004445
    arm_vcpu_hour               = 0.03238
    arm_gb_hour                 = 0.00356
    spot_discount               = 0.7
    ephemeral_gb_hour           = 0.000111
    alb_hour                    = 0.0225
    lcu_hour                    = 0.008
    public_ipv4_hour            = 0.005
    nat_hour                    = 0.045
    nat_gb                      = 0.045
    ecr_gb_month                = 0.10
    logs_gb                     = 0.50
    logs_infrequent_gb          = 0.25
    logs_stored_gb_month        = 0.03
    custom_metric_month         = 0.30
    metric_requests_thousand    = 0.01
    alarm_month                 = 0.10
    high_resolution_alarm_month = 0.30
    dashboard_month             = 3.00
  }

  tasks         = { min = 10, average = 28, max = 50 }
  size          = { cpu = 256, memory = 512, architecture = "ARM64", ephemeral_storage = 20 }
  load_balancer = { kind = "shared", services = 10, lcu = 1, addresses = 2 }
  logs          = { gb_per_task = 13.14, class = "STANDARD", retention = 30 }
  monitoring    = { alarms = 8, fast_alarms = 1, metrics = 2, dashboards = 1 }
  registry_gb   = 3
  nat           = { gb = 100, gateways = 0.2 }
}

run "fifty_small_tasks_on_arm" {
  command = plan

  module {
    source = "./modules/cost"
  }

  assert {
    condition     = output.lines.max.fargate_on_demand == 360.44
    error_message = jsonencode(output.lines.max)
  }

  assert {
    condition     = output.lines.max.load_balancer == 8.21
    error_message = "a tenth of 16.43 + 7.30, and 5.84"
  }

  assert {
    condition     = output.lines.max.logs == 348.21
    error_message = "50 × 13.14 GB × 0.53"
  }

  assert {
    condition     = output.lines.max.registry == 0.3 && output.lines.max.nat == 11.07
    error_message = "3 GB; 4.50 + 6.57"
  }

  assert {
    condition     = output.lines.max.monitoring == 4.7
    error_message = "0.80 + 0.30 + 0.60 + 3"
  }

  assert {
    condition     = output.total.max == 732.93
    error_message = jsonencode(output.total)
  }

  assert {
    condition     = abs(output.total.max - sum(values(output.lines.max))) < 0.001
    error_message = "the sum is that of the lines"
  }
}

run "fifty_small_tasks_on_x86" {
  command = plan

  module {
    source = "./modules/cost"
  }

  variables {
    size = { cpu = 256, memory = 512, architecture = "X86_64", ephemeral_storage = 20 }
  }

  assert {
    condition     = output.lines.max.fargate_on_demand == 450.5
    error_message = jsonencode(output.lines.max)
  }

  assert {
    condition     = output.savings.arm64 == { taken = false, usd = 50.44 }
    error_message = jsonencode(output.savings)
  }
}

run "fifty_tasks_of_a_vcpu_and_two_gigabytes" {
  command = plan

  module {
    source = "./modules/cost"
  }

  variables {
    size = { cpu = 1024, memory = 2048, architecture = "ARM64", ephemeral_storage = 20 }
  }

  assert {
    condition     = output.lines.max.fargate_on_demand == 1441.75
    error_message = jsonencode(output.lines.max)
  }
}

run "twenty_on_demand_and_thirty_at_one_to_three" {
  command = plan

  module {
    source = "./modules/cost"
  }

  variables {
    spot = { on_demand_base = 20, on_demand_weight = 1, spot_weight = 3 }
  }

  assert {
    condition     = abs(output.lines.max.fargate_on_demand + output.lines.max.fargate_spot - 246.9) < 0.001
    error_message = jsonencode(output.lines.max)
  }
}

run "ephemeral_storage_beyond_twenty" {
  command = plan

  module {
    source = "./modules/cost"
  }

  variables {
    size = { cpu = 256, memory = 512, architecture = "ARM64", ephemeral_storage = 120 }
  }

  assert {
    condition     = output.lines.max.fargate_on_demand == 765.59
    error_message = jsonencode(output.lines.max)
  }
}

run "a_balancer_of_its_own" {
  command = plan

  module {
    source = "./modules/cost"
  }

  variables {
    load_balancer = { kind = "dedicated", services = 10, lcu = 1, addresses = 2 }
  }

  assert {
    condition     = output.lines.max.load_balancer == 29.57
    error_message = "16.43 + 7.30 + 5.84"
  }

  assert {
    condition     = output.savings.shared_load_balancer == { taken = false, usd = 21.35 }
    error_message = jsonencode(output.savings)
  }
}

run "service_connect_costs_more_than_ten_balancers" {
  command = plan

  module {
    source = "./modules/cost"
  }

  variables {
    service_connect = true
  }

  assert {
    condition     = output.lines.max.service_connect == 303.59
    error_message = jsonencode(output.lines.max)
  }
}

run "logs_for_infrequent_access" {
  command = plan

  module {
    source = "./modules/cost"
  }

  variables {
    logs = { gb_per_task = 13.14, class = "INFREQUENT_ACCESS", retention = 30 }
  }

  assert {
    condition     = output.lines.max.logs == 183.96
    error_message = "50 × 13.14 GB × 0.28"
  }
}

run "a_worker_without_any_balancer" {
  command = plan

  module {
    source = "./modules/cost"
  }

  variables {
    load_balancer = { kind = "none", services = 10, lcu = 1, addresses = 2 }
  }

  assert {
    condition     = output.lines.max.load_balancer == 0
    error_message = "none"
  }
}

run "what_every_task_sends_is_charged" {
  command = plan

  module {
    source = "./modules/cost"
  }

  variables {
    monitoring = { alarms = 8, fast_alarms = 1, metrics = 2, dashboards = 1, sent = 262800 }
  }

  assert {
    condition     = output.lines.max.metric_requests == 131.4
    error_message = "50 × 262.8 thousand × 0.01"
  }
}
