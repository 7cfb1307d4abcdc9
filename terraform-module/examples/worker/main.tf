# A worker: takes messages of a queue, mostly on Spot, none while there is nothing to do, no load balancer.

module "network" {
  source = "../network"

  name = "workers"
  nat  = true
}

module "platform" {
  source = "../../modules/platform"

  name              = "workers"
  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.private_subnet_ids
  public_subnet_ids = module.network.public_subnet_ids
  alb               = null
}

module "settlement" {
  source = "../.."

  name          = "settlement"
  environment   = "dev"
  platform      = module.platform
  image         = "public.ecr.aws/docker/library/httpd:2.4.65"
  load_balancer = "none"
  spot          = { on_demand_base = 0 }
  drain         = { work = 90, longest_message = 60 }
  logs          = { class = "INFREQUENT_ACCESS" }

  scaling = {
    min        = 0
    max        = 20
    cpu_target = null
    queue = {
      dimensions      = { Broker = "games", VirtualHost = "/", Queue = "settlement" }
      latency         = 60
      processing_time = 0.5
      concurrency     = 4
    }
  }
}
