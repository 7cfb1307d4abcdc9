package dev.chassis.logging;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;

/**
 * Tells on standard error what logback has to complain about itself. Without a listener logback would load date formats and time zones
 * at start just to find that there is nothing to print.
 */
final class StatusToStderr implements StatusListener {

    private StatusToStderr() {}

    /** Tells what there is, and what comes. */
    static void listen(Context context) {
        StatusToStderr listener = new StatusToStderr();
        for (Status status : context.getStatusManager().getCopyOfStatusList()) {
            listener.addStatusEvent(status);
        }
        context.getStatusManager().add(listener);
    }

    @Override
    public void addStatusEvent(Status status) {
        if (status.getEffectiveLevel() >= Status.WARN) {
            Throwable cause = status.getThrowable();
            System.err.println("logback: " + status.getMessage() + (cause == null ? "" : ": " + cause));
        }
    }
}
