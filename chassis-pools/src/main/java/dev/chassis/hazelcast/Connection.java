package dev.chassis.hazelcast;

import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;

/** Whether a client is connected. Written by Hazelcast's lifecycle thread, read by any. */
final class Connection implements LifecycleListener {

    // True from the beginning: a client that has been made is connected, and the event of it comes late.
    private volatile boolean up = true;

    @Override
    public void stateChanged(LifecycleEvent event) {
        switch (event.getState()) {
            case CLIENT_CONNECTED -> up = true;
            case CLIENT_DISCONNECTED, SHUTTING_DOWN, SHUTDOWN -> up = false;
            default -> {
                // Says nothing about the connection.
            }
        }
    }

    boolean isUp() {
        return up;
    }
}
