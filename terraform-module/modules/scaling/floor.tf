################################################################################
# An apply in the middle of an event must not take its floor away: what the
# scheduled action has set by now is what is planned. Schedules by cron cannot
# be told from here.
################################################################################

locals {
  under_way = [
    for event in values(var.settings.events) : event
    if event.timezone == "UTC" && startswith(event.start, "at(") && startswith(event.end, "at(")
    && try(timecmp(plantimestamp(), "${substr(event.start, 3, 19)}Z") >= 0 && timecmp(plantimestamp(), "${substr(event.end, 3, 19)}Z") < 0, false)
  ]

  floor   = max(var.settings.min, [for event in local.under_way : event.min]...)
  ceiling = max(var.settings.max, [for event in local.under_way : event.max == null ? 0 : event.max]...)
}
