# Ten services on one load balancer: ten of them would be the second largest line of the bill.

locals {
  services = ["accounts", "catalogue", "contests", "entries", "leaderboard", "orders", "payments", "players", "scores", "wallets"]
}

module "network" {
  source = "../network"

  name = "pilot"
  nat  = true
}

module "platform" {
  source = "../../modules/platform"

  name              = "pilot"
  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.private_subnet_ids
  public_subnet_ids = module.network.public_subnet_ids
  alb               = { services = length(local.services) }
}

module "service" {
  source   = "../.."
  for_each = toset(local.services)

  name        = each.key
  environment = "dev"
  platform    = module.platform
  image       = "public.ecr.aws/docker/library/httpd:2.4.65"
  size        = { cpu = 256, memory = 512 }
  route       = { paths = ["/${each.key}", "/${each.key}/*"] }
  scaling     = { min = 2, max = 5, burst = { steps = [{ from = 70, add = 1 }, { from = 90, add = 3 }] } }
  spot        = { on_demand_base = 1 }
}
