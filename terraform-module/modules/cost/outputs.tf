output "lines" {
  description = "USD a month by line, for min, average and max tasks."
  value       = local.lines
}

output "total" {
  description = "USD a month for min, average and max tasks: the sums of the lines."
  value       = local.total
}

output "savings" {
  description = "USD a month at the average that each choice saves, and whether it is taken. Spot not taken: what two tasks on demand and one to three beyond would save."
  value       = local.savings
}
