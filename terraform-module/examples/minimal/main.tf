# One HTTP service behind a load balancer, in a sandbox: plain HTTP, no NAT gateway.

module "network" {
  source = "../network"

  name = "sandbox"
}

module "platform" {
  source = "../../modules/platform"

  name              = "sandbox"
  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.public_subnet_ids
  public_subnet_ids = module.network.public_subnet_ids
  assign_public_ip  = true
}

module "orders" {
  source = "../.."

  name        = "orders"
  environment = "sandbox"
  platform    = module.platform
  image       = "public.ecr.aws/docker/library/httpd:2.4.65"
}
