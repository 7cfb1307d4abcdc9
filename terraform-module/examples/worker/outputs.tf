output "timing" {
  description = "Numbers of the drain, in seconds."
  value       = module.settlement.timing_contract
}
