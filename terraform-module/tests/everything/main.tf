# Every example, and so every module, in one plan.

terraform {
  required_version = ">= 1.9"
}

module "minimal" {
  source = "../../examples/minimal"
}

module "worker" {
  source = "../../examples/worker"
}

module "platform_games" {
  source = "../../examples/platform-games"
}

module "ten_services" {
  source = "../../examples/ten-services"
}

output "container_definitions" {
  description = "What PlatformGames is given."
  value       = module.platform_games.container_definitions
}
