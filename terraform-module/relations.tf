################################################################################
# Relations between inputs that no single one can be blamed for. Whatever
# depends on this is not touched while one of them is broken.
################################################################################

locals {
  peak_tasks       = ceil(var.scaling.max * local.max_percent / 100)
  peak_connections = var.database == null ? 0 : local.peak_tasks * var.database.pool_size
  connections_left = var.database == null ? 0 : var.database.max_connections - var.database.reserved
}

resource "terraform_data" "relations" {
  lifecycle {
    precondition {
      condition     = length(module.drain.broken) == 0
      error_message = "the drain contract does not hold:\n${join("\n", [for rule, message in module.drain.broken : "- ${message} (${rule})"])}"
    }

    precondition {
      condition     = local.peak_connections <= local.connections_left
      error_message = "${local.peak_tasks} tasks (scaling.max ${var.scaling.max} at ${local.max_percent} % during a deployment) × pool_size ${var.database == null ? 0 : var.database.pool_size} are ${local.peak_connections} connections; the database has ${local.connections_left} (max_connections − reserved)."
    }

    precondition {
      condition     = var.hazelcast == null ? true : local.wave <= var.hazelcast.backup_count
      error_message = "one wave of a deployment replaces ${local.wave} of ${var.scaling.max} members (max_percent ${local.max_percent}), and the maps have ${var.hazelcast == null ? 0 : var.hazelcast.backup_count} backups: expected at most as many. Bring scaling.min and scaling.max closer, or run the members as a service of their own."
    }

    precondition {
      condition     = floor(max(1, var.scaling.min) * local.max_percent / 100) > max(1, var.scaling.min) || var.deployment.min_healthy_percent < 100
      error_message = "max_percent ${local.max_percent} of ${max(1, var.scaling.min)} tasks leaves no room for one more, and min_healthy_percent is 100: a deployment could never begin."
    }

    precondition {
      condition     = var.scaling.min > 0 || try(var.scaling.queue.dimensions, null) != null
      error_message = "scaling.min is 0 without scaling.queue.dimensions: nothing would ever wake the first task; what no task sends cannot."
    }

    precondition {
      condition     = !local.http || var.scaling.min >= 1
      error_message = "scaling.min is 0 behind a load balancer: expected at least 1, as somebody must answer."
    }
  }
}
