package dev.chassis.jdbc;

import java.util.OptionalInt;

/**
 * The connections of all tasks together against what the database allows, at the worst moment: a rolling deployment, when old and new
 * tasks overlap. ECS runs at most {@code floor(desired x maximumPercent / 100)} tasks then (Amazon ECS API Reference,
 * DeploymentConfiguration).
 *
 * @param pools connections of the pools of one task on this database
 * @param limits what the database says
 */
record Budget(JdbcConfig.Budget config, int pools, Limits limits) {

    /**
     * What a database allows.
     *
     * @param maxConnections of everybody
     * @param reserved those of them that only superusers get
     */
    record Limits(int maxConnections, int reserved) {}

    /** Whether enough is known to check it. */
    boolean isKnown() {
        return config.maxTasks().isPresent();
    }

    /** Whether all fits, as far as is known. */
    boolean fits() {
        OptionalInt tasks = config.maxTasks();
        return tasks.isEmpty() || sum(tasks.getAsInt()) <= limits.maxConnections();
    }

    /** The arithmetic, on one line. */
    String line() {
        OptionalInt maxTasks = config.maxTasks();
        return maxTasks.isPresent() ? known(maxTasks.getAsInt()) : unknown();
    }

    private String known(int maxTasks) {
        return maxTasks + " tasks x " + config.deploymentMaximumPercent() + "% = " + overlapping(maxTasks)
                + " tasks x (" + pools
                + " pooled + " + config.monitors() + " monitors) + " + config.otherConnections() + " other + "
                + reserved()
                + " reserved = " + sum(maxTasks) + (fits() ? " <= " : " > ") + limits.maxConnections()
                + " max_connections"
                + superusers();
    }

    private String unknown() {
        long room = Math.max(0, limits.maxConnections() - reserved() - config.otherConnections()) / perTask();
        return perTask() + " connections a task, " + limits.maxConnections() + " max_connections, "
                + config.otherConnections()
                + " other, " + reserved() + " reserved: room for " + room + " tasks at once, a service of "
                + room * 100 / config.deploymentMaximumPercent() + " at " + config.deploymentMaximumPercent()
                + "%; not checked, because max-tasks is not set" + superusers();
    }

    private String superusers() {
        return " (" + limits.reserved() + " of them for superusers)";
    }

    private long sum(int maxTasks) {
        return overlapping(maxTasks) * perTask() + config.otherConnections() + reserved();
    }

    private long overlapping(int maxTasks) {
        return (long) maxTasks * config.deploymentMaximumPercent() / 100;
    }

    private long perTask() {
        return (long) pools + config.monitors();
    }

    private int reserved() {
        return config.reserved().orElse(limits.reserved());
    }
}
