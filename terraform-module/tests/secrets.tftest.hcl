# Secrets and permissions

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

run "one_map_injects_and_allows" {
  command = apply

  variables {
    secrets = {
      URL      = "/orders/url"
      TOKEN    = "arn:aws:ssm:eu-west-1:123456789012:parameter/token"
      PASSWORD = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:password::"
      USER     = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:username::"
    }
  }

  assert {
    condition     = { for s in jsondecode(output.container_definitions)[0].secrets : s.name => s.valueFrom }.URL == "arn:aws:ssm:us-east-1:123456789012:parameter/orders/url"
    error_message = "by name"
  }

  assert {
    condition     = { for s in jsondecode(output.container_definitions)[0].secrets : s.name => s.valueFrom }.PASSWORD == "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:password::"
    error_message = "with the JSON key"
  }

  assert {
    condition     = one([for s in jsondecode(aws_iam_role_policy.execution.policy).Statement : s.Resource if s.Sid == "Secrets"]) == ["arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"]
    error_message = "one secret, without the key"
  }

  assert {
    condition     = toset(one([for s in jsondecode(aws_iam_role_policy.execution.policy).Statement : s.Resource if s.Sid == "Parameters"])) == toset(["arn:aws:ssm:us-east-1:123456789012:parameter/orders/url", "arn:aws:ssm:eu-west-1:123456789012:parameter/token"])
    error_message = "both parameters"
  }
}

run "nothing_is_allowed_everywhere" {
  command = apply

  assert {
    condition     = [for s in jsondecode(aws_iam_role_policy.execution.policy).Statement : s.Sid if contains(s.Resource, "*")] == ["Login"]
    error_message = "but the login, which knows no resource"
  }

  assert {
    condition     = length([for s in jsondecode(aws_iam_role_policy.execution.policy).Statement : s if s.Sid == "Secrets" || s.Sid == "Parameters"]) == 0
    error_message = "no secrets, no statement"
  }

  assert {
    condition     = length(aws_iam_role_policy.task) == 0
    error_message = "the service itself may do nothing"
  }
}

run "an_image_of_another_registry_can_be_pulled" {
  command = apply

  variables {
    image = "210987654321.dkr.ecr.eu-west-1.amazonaws.com/shared/orders:1"
  }

  assert {
    condition     = contains(one([for s in jsondecode(aws_iam_role_policy.execution.policy).Statement : s.Resource if s.Sid == "Pull"]), "arn:aws:ecr:eu-west-1:210987654321:repository/shared/orders")
    error_message = "that repository"
  }
}

run "hazelcast_sees_the_tasks_of_its_cluster" {
  command = plan

  variables {
    hazelcast = {}
    scaling   = { min = 3, max = 3 }
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.task[0].policy).Statement[0].Condition.ArnEquals["ecs:cluster"] == "arn:aws:ecs:us-east-1:123456789012:cluster/pilot"
    error_message = "and no other"
  }
}
