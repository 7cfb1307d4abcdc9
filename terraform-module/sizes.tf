################################################################################
# What sizes Fargate has
################################################################################

locals {
  fargate_sizes = jsondecode(file("${path.module}/data/fargate-sizes.json")).memory_mib_by_cpu_units
  fargate_cpus  = [for padded in sort([for cpu in keys(local.fargate_sizes) : format("%05d", cpu)]) : tonumber(padded)]

  size_memories = lookup(local.fargate_sizes, tostring(var.size.cpu), [])
  size_legal    = contains(local.size_memories, var.size.memory)

  # The same CPU with the next memory below and above; and the smallest CPU that has at least this memory.
  size_below    = [for memory in local.size_memories : memory if memory < var.size.memory]
  size_above    = [for memory in local.size_memories : memory if memory > var.size.memory]
  size_cpu_up   = [for cpu in local.fargate_cpus : cpu if cpu > var.size.cpu && max(local.fargate_sizes[tostring(cpu)]...) >= var.size.memory]
  size_cpu_down = [for cpu in local.fargate_cpus : cpu if cpu < var.size.cpu && contains(local.fargate_sizes[tostring(cpu)], var.size.memory)]

  sizes_near = join(", ", concat(
    length(local.size_below) == 0 ? [] : ["${var.size.cpu}/${max(local.size_below...)}"],
    length(local.size_above) == 0 ? [] : ["${var.size.cpu}/${min(local.size_above...)}"],
    length(local.size_above) > 0 || length(local.size_cpu_up) == 0 ? [] : [
      for cpu in slice(local.size_cpu_up, 0, 1) : "${cpu}/${min([for memory in local.fargate_sizes[tostring(cpu)] : memory if memory >= var.size.memory]...)}"
    ],
    length(local.size_below) > 0 || length(local.size_cpu_down) == 0 ? [] : ["${local.size_cpu_down[length(local.size_cpu_down) - 1]}/${var.size.memory}"],
  ))
}
