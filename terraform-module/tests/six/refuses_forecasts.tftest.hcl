# What modules/predictive-scaling refuses

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  scaling = { id = "orders-dev", cluster_name = "pilot", service_name = "orders", max = 10 }
}

run "a_mode_nobody_knows" {
  command = plan

  module {
    source = "./modules/predictive-scaling"
  }

  variables {
    mode = "Guess"
  }

  expect_failures = [var.mode]
}

run "a_forecast_two_hours_ahead" {
  command = plan

  module {
    source = "./modules/predictive-scaling"
  }

  variables {
    ahead = 7200
  }

  expect_failures = [var.ahead]
}

run "a_forecast_that_leaves_no_room" {
  command = plan

  module {
    source = "./modules/predictive-scaling"
  }

  variables {
    cpu_target = 95
  }

  expect_failures = [var.cpu_target]
}
