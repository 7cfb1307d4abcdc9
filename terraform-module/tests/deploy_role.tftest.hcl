# The role that CI deploys with

mock_provider "aws" {
  source = "./tests/mocks"
}

run "one_environment_of_one_repository" {
  command = apply

  module {
    source = "./modules/deploy-role"
  }

  variables {
    name = "orders-deploy"
    services = {
      orders = {
        cluster_arn         = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
        service_name        = "orders"
        task_family         = "orders-dev"
        role_arns           = ["arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two"]
        repository_arn      = "arn:aws:ecr:us-east-1:123456789012:repository/dev/orders"
        image_parameter_arn = "arn:aws:ssm:us-east-1:123456789012:parameter/dev/orders/image"
      }
    }
    github = { repository = "example/orders", environment = "dev" }
  }

  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == "repo:example/orders:environment:dev"
    error_message = "no wildcard"
  }

  assert {
    condition     = one([for s in jsondecode(aws_iam_role_policy.this.policy).Statement : s if s.Sid == "HandOver"]).Resource == ["arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two"]
    error_message = "two roles to pass"
  }

  assert {
    condition     = [for s in jsondecode(aws_iam_role_policy.this.policy).Statement : s.Sid if contains(s.Resource, "*")] == ["Read"]
    error_message = "everything else is named"
  }

  assert {
    condition     = contains(one([for s in jsondecode(aws_iam_role_policy.this.policy).Statement : s if s.Sid == "Deploy"]).Resource, "arn:aws:ecs:us-east-1:123456789012:service/pilot/orders")
    error_message = "one service"
  }
}

run "jenkins_by_the_role_of_its_agents" {
  command = apply

  module {
    source = "./modules/deploy-role"
  }

  variables {
    name = "orders-deploy"
    services = {
      orders = {
        cluster_arn         = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
        service_name        = "orders"
        task_family         = "orders-dev"
        role_arns           = ["arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two"]
        repository_arn      = "arn:aws:ecr:us-east-1:123456789012:repository/dev/orders"
        image_parameter_arn = "arn:aws:ssm:us-east-1:123456789012:parameter/dev/orders/image"
      }
    }
    jenkins_principal_arns = ["arn:aws:iam::123456789012:role/jenkins-agent"]
  }

  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Principal.AWS == ["arn:aws:iam::123456789012:role/jenkins-agent"] && length(aws_iam_openid_connect_provider.github) == 0
    error_message = "and no OIDC"
  }
}

run "a_repository_with_a_wildcard" {
  command = plan

  module {
    source = "./modules/deploy-role"
  }

  variables {
    name = "orders-deploy"
    services = {
      orders = {
        cluster_arn         = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
        service_name        = "orders"
        task_family         = "orders-dev"
        role_arns           = ["arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two"]
        repository_arn      = "arn:aws:ecr:us-east-1:123456789012:repository/dev/orders"
        image_parameter_arn = "arn:aws:ssm:us-east-1:123456789012:parameter/dev/orders/image"
      }
    }
    github = { repository = "example/*", environment = "dev" }
  }

  expect_failures = [var.github]
}

run "an_environment_with_a_wildcard" {
  command = plan

  module {
    source = "./modules/deploy-role"
  }

  variables {
    name = "orders-deploy"
    services = {
      orders = {
        cluster_arn         = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
        service_name        = "orders"
        task_family         = "orders-dev"
        role_arns           = ["arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two"]
        repository_arn      = "arn:aws:ecr:us-east-1:123456789012:repository/dev/orders"
        image_parameter_arn = "arn:aws:ssm:us-east-1:123456789012:parameter/dev/orders/image"
      }
    }
    github = { repository = "example/orders", environment = "*" }
  }

  expect_failures = [var.github]
}

run "agents_with_a_wildcard" {
  command = plan

  module {
    source = "./modules/deploy-role"
  }

  variables {
    name = "orders-deploy"
    services = {
      orders = {
        cluster_arn         = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
        service_name        = "orders"
        task_family         = "orders-dev"
        role_arns           = ["arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two"]
        repository_arn      = "arn:aws:ecr:us-east-1:123456789012:repository/dev/orders"
        image_parameter_arn = "arn:aws:ssm:us-east-1:123456789012:parameter/dev/orders/image"
      }
    }
    github                 = { repository = "example/orders", environment = "dev" }
    jenkins_principal_arns = ["arn:aws:iam::123456789012:role/*"]
  }

  expect_failures = [var.jenkins_principal_arns]
}

run "a_role_that_deploys_nothing" {
  command = plan

  module {
    source = "./modules/deploy-role"
  }

  variables {
    name     = "orders-deploy"
    services = {}
    github   = { repository = "example/orders", environment = "dev" }
  }

  expect_failures = [var.services]
}

run "a_session_of_a_week" {
  command = plan

  module {
    source = "./modules/deploy-role"
  }

  variables {
    name = "orders-deploy"
    services = {
      orders = {
        cluster_arn         = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
        service_name        = "orders"
        task_family         = "orders-dev"
        role_arns           = ["arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two"]
        repository_arn      = "arn:aws:ecr:us-east-1:123456789012:repository/dev/orders"
        image_parameter_arn = "arn:aws:ssm:us-east-1:123456789012:parameter/dev/orders/image"
      }
    }
    github      = { repository = "example/orders", environment = "dev" }
    max_session = 604800
  }

  expect_failures = [var.max_session]
}

run "a_role_for_nobody" {
  command = plan

  module {
    source = "./modules/deploy-role"
  }

  variables {
    name = "orders-deploy"
    services = {
      orders = {
        cluster_arn         = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
        service_name        = "orders"
        task_family         = "orders-dev"
        role_arns           = ["arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two"]
        repository_arn      = "arn:aws:ecr:us-east-1:123456789012:repository/dev/orders"
        image_parameter_arn = "arn:aws:ssm:us-east-1:123456789012:parameter/dev/orders/image"
      }
    }
    github = null
  }

  expect_failures = [var.jenkins_principal_arns]
}

run "a_name_with_a_space" {
  command = plan

  module {
    source = "./modules/deploy-role"
  }

  variables {
    name = "orders deploy"
    services = {
      orders = {
        cluster_arn         = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
        service_name        = "orders"
        task_family         = "orders-dev"
        role_arns           = ["arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two"]
        repository_arn      = "arn:aws:ecr:us-east-1:123456789012:repository/dev/orders"
        image_parameter_arn = "arn:aws:ssm:us-east-1:123456789012:parameter/dev/orders/image"
      }
    }
    github = { repository = "example/orders", environment = "dev" }
  }

  expect_failures = [var.name]
}

run "a_boundary_of_the_role_that_is_no_policy" {
  command = plan

  module {
    source = "./modules/deploy-role"
  }

  variables {
    name   = "orders-deploy"
    github = { repository = "example/orders", environment = "dev" }
    services = {
      orders = {
        cluster_arn  = "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
        service_name = "orders"
        task_family  = "orders-dev"
        role_arns    = ["arn:aws:iam::123456789012:role/one"]
      }
    }
    permissions_boundary = "arn:aws:iam::123456789012:role/boundary"
  }

  expect_failures = [var.permissions_boundary]
}
