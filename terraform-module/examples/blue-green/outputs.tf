output "url" {
  description = "Where the service is reached."
  value       = module.platform.url
}
