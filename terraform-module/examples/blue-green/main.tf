# Two revisions at once: a tenth of the traffic first. Needs version 6 of the AWS provider.

module "network" {
  source = "../network"

  name = "canary"
}

module "platform" {
  source = "../../modules/platform"

  name              = "canary"
  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.public_subnet_ids
  public_subnet_ids = module.network.public_subnet_ids
  assign_public_ip  = true
}

module "orders" {
  source = "../.."

  name        = "orders"
  environment = "canary"
  platform    = module.platform
  image       = "public.ecr.aws/docker/library/httpd:2.4.65"
  deployment  = { controller = "external" }
}

module "service" {
  source = "../../modules/blue-green"

  service  = module.orders.service
  scaling  = module.orders.scaling
  strategy = "CANARY"
  percent  = 10
}

module "forecast" {
  source = "../../modules/predictive-scaling"

  scaling = module.orders.scaling

  depends_on = [module.service]
}
