# PlatformGames with everything: HTTPS under a domain, Hazelcast in tasks of its own, secrets, sockets, tournaments, alarms, a collector, CI's role.

locals {
  environment = "prod"
}

module "network" {
  source = "../network"

  name = "games"
  nat  = true
}

# Yours is delegated already: give its id instead.
resource "aws_route53_zone" "this" {
  name = "games.example.com"
}

module "platform" {
  source = "../../modules/platform"

  name              = "games"
  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.private_subnet_ids
  public_subnet_ids = module.network.public_subnet_ids
  domain            = { name = "games.example.com", zone_id = aws_route53_zone.this.zone_id }
  alb               = { idle_timeout = 120, services = 10 }
  namespace         = true
  registry_scan     = "BASIC"
}

resource "aws_sns_topic" "on_call" {
  name = "games-on-call"
}

resource "aws_secretsmanager_secret" "database" {
  name = "games/database"
}

module "games" {
  source = "../.."

  name        = "platform-games"
  environment = local.environment
  platform    = module.platform
  image       = "public.ecr.aws/docker/library/httpd:2.4.65"
  tags        = { Team = "games" }

  size      = { cpu = 1024, memory = 2048 }
  collector = { image = "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3" }

  environment_variables = {
    CHASSIS_JDBC_MAX_SIZE        = "10"
    CHASSIS_HTTP_TRUSTED_PROXIES = "1"
  }

  secrets = {
    CHASSIS_JDBC_URL          = "/games/prod/jdbc-url"
    CHASSIS_JDBC_USER         = "${aws_secretsmanager_secret.database.arn}:username::"
    CHASSIS_JDBC_PASSWORD     = "${aws_secretsmanager_secret.database.arn}:password::"
    CHASSIS_REDIS_URL         = "/games/prod/redis-url"
    CHASSIS_RABBIT_ADDRESSES  = "/games/prod/rabbit-addresses"
    CHASSIS_RABBIT_USERNAME   = "/games/prod/rabbit-username"
    CHASSIS_RABBIT_PASSWORD   = "/games/prod/rabbit-password"
    CHASSIS_HAZELCAST_MEMBERS = "/games/prod/hazelcast-members"
  }

  drain = { request_timeout = 15, work = 10, longest_message = 10 }
  route = { sockets = true, stickiness = 3600 }

  scaling = {
    min                 = 8
    max                 = 12
    requests_per_target = 6000
    cpu_target          = 60
    burst               = { steps = [{ from = 70, add = 2 }, { from = 90, add = 4 }] }
    wish                = { from = 8, to = 12, seconds = 120 }
  }

  events = {
    league-final = { start = "at(2027-05-30T13:25:00)", end = "at(2027-05-30T18:30:00)", min = 12 }
    weekend      = { start = "cron(55 12 ? * SAT,SUN *)", end = "cron(0 18 ? * SAT,SUN *)", min = 10, timezone = "Asia/Kolkata" }
  }

  database = { max_connections = 300, pool_size = 10 }
  alarms   = { topics = [aws_sns_topic.on_call.arn], error_percent = 0.5 }
  usage    = { average_tasks = 8, log_lines = 5, nat_gb = 50, nat_gateways = 1 }
  budget   = 500
}

# Members keep the data: they are replaced one by one, and never on Spot.
module "cache" {
  source = "../.."

  name          = "games-cache"
  environment   = local.environment
  platform      = module.platform
  image         = "public.ecr.aws/docker/library/hazelcast:5.5.0"
  repository    = null
  load_balancer = "none"
  hazelcast     = { backup_count = 1 }
  drain         = { work = 60 }
  scaling       = { min = 3, max = 3, cpu_target = null }
}

resource "aws_vpc_security_group_ingress_rule" "cache" {
  security_group_id            = module.cache.task_security_group_id
  description                  = "Hazelcast clients of platform-games"
  referenced_security_group_id = module.games.task_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 5701
  to_port                      = 5701
}

module "deploy_role" {
  source = "../../modules/deploy-role"

  name                   = "games-deploy"
  github                 = { repository = "example/platform-games", environment = local.environment }
  jenkins_principal_arns = ["arn:aws:iam::123456789012:role/jenkins-agent"]

  services = {
    games = {
      cluster_arn         = module.platform.cluster_arn
      service_name        = module.games.service_name
      task_family         = module.games.task_family
      role_arns           = module.games.role_arns
      repository_arn      = module.games.repository_arn
      image_parameter_arn = module.games.image_parameter_arn
    }
  }
}
