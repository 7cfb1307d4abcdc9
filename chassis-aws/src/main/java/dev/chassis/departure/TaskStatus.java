package dev.chassis.departure;

import java.util.Set;

/**
 * What ECS says of a task. Immutable.
 *
 * @param last where it is
 * @param desired where ECS wants it
 * @param reason why it is stopped; empty if it is not
 */
record TaskStatus(String last, String desired, String reason) {

    private static final Set<String> LEAVING =
            Set.of("DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED", "DELETED");

    boolean isLeaving() {
        return LEAVING.contains(last) || desired.equals("STOPPED");
    }
}
