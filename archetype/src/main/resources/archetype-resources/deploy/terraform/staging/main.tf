#set($name = $artifactId.toLowerCase().replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+", ""))
#if($name.length() > 18)
#set($name = $name.substring(0, 18))
#end
#set($name = $name.replaceAll("-+$", ""))
#if($name.length() < 3)
#set($name = "${name}-service")
#end
#set($rabbit = $messaging == "rabbitmq")
#set($secret = $database != "none" || $redis == "true" || $hazelcast == "true" || $rabbit)
# ${artifactId} in staging, by the chassis' module for ECS Fargate; its variables*.tf say what else there is. README.md says what it needs first.
#
#   terraform init && terraform plan

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }

  # Where the state is kept is yours to say, before the first apply: without it, it is a file on your disk.
  # backend "s3" {
  #   bucket       = "..."
  #   key          = "${name}/staging.tfstate"
  #   region       = "..."
  #   use_lockfile = true
  # }
}

# Region and account are those of AWS_REGION and of whoever is logged in.
provider "aws" {}

variable "platform" {
  description = "Where it runs: the outputs of the module's modules/platform."
  type        = any
}

variable "image" {
  description = "The first image, by digest. CI moves it on, and Terraform leaves it at that."
  type        = string
}
#if($rabbit)

variable "rabbit_tls" {
  description = "Whether RabbitMQ is spoken to with TLS: true for Amazon MQ, which speaks nothing else, false for a broker of your own without it."
  type        = bool
  default     = true
}
#end

module "service" {
  source = "${terraformModule}?ref=v@project.version@"

  name        = "${name}"
  environment = "staging"
  platform    = var.platform
  image       = var.image
  tags        = { Team = "${team}" }

  # deploy/jvm.args is sized for it. The architecture is that of the machine that builds the image; ARM64 costs a fifth less.
  size = { cpu = ${cpu}, memory = ${memory}, architecture = "X86_64" }

  scaling = { min = 1, max = 2 }
#if($kind == "worker")

  # Nobody asks it from outside, so ECS does, as the image's HEALTHCHECK.
  load_balancer = "none"
  container = {
    health_command = ["CMD", "java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx16m", "-cp", "/app/app.jar", "dev.chassis.HealthProbe", "8081", "/readyz"]
  }
#end
#if($websocket == "true")

  # It holds sockets. A deployment takes a task out of the load balancer, which cuts its sockets when the deregistration delay is over: the
  # module makes that long enough, and lets the task ask ECS, so that they have moved to another task by then. announce: SIGTERM comes after that.
  route = { sockets = true }
  drain = { announce = 5 }
#end
#if($database != "none")

  # What the server has, and what each task may take of it: checked by plan, and by the service.
  database = { max_connections = 100, pool_size = 10 }
#end
#if($database != "none" || $rabbit)

  environment_variables = {
#if($database != "none")
    # Those of scaling and of database, above.
    CHASSIS_JDBC_BUDGET_MAX_TASKS = "2"
    CHASSIS_JDBC_MAX_SIZE         = "10"
#end
#if($rabbit)
    # As the broker wants it: rabbit_tls, above.
    CHASSIS_RABBIT_TLS_ENABLED = tostring(var.rabbit_tls)
#end
  }
#end
#if($secret)

  # Parameters of SSM by name, or secrets of Secrets Manager by ARN. README.md says what is in each; they are there before the first apply.
  secrets = {
#if($database != "none")
    # The database
    CHASSIS_JDBC_URL      = "/${name}/staging/jdbc-url"
    CHASSIS_JDBC_USER     = "/${name}/staging/jdbc-user"
    CHASSIS_JDBC_PASSWORD = "/${name}/staging/jdbc-password"
#end
#if($redis == "true")
    # Redis
    CHASSIS_REDIS_URL = "/${name}/staging/redis-url"
#end
#if($hazelcast == "true")
    # Hazelcast
    CHASSIS_HAZELCAST_MEMBERS      = "/${name}/staging/hazelcast-members"
    CHASSIS_HAZELCAST_CLUSTER_NAME = "/${name}/staging/hazelcast-cluster-name"
#end
#if($rabbit)
    # RabbitMQ
    CHASSIS_RABBIT_ADDRESSES = "/${name}/staging/rabbit-addresses"
    CHASSIS_RABBIT_USERNAME  = "/${name}/staging/rabbit-username"
    CHASSIS_RABBIT_PASSWORD  = "/${name}/staging/rabbit-password"
#end
  }
#end
}
#if($ci != "none")

# The variables that the environment "staging" of CI wants, besides AWS_REGION and AWS_ROLE_ARN, the role of the module's modules/deploy-role.
output "delivery" {
  description = "Variables of CI."
  value = {
    ECR_REPOSITORY  = module.service.repository_url
    ECS_CLUSTER     = var.platform.cluster_name
    ECS_SERVICE     = module.service.service_name
    ECS_CONTAINER   = module.service.service_name
    IMAGE_PARAMETER = module.service.image_parameter
  }
}
#end

output "monthly_cost_estimate" {
  description = "USD a month, at min, average and max tasks."
  value       = module.service.monthly_cost_estimate.total
}
