package dev.chassis.testing;

/**
 * Something that happens to a broker or to the network before it. Made by {@link BrokerFaults}.
 *
 * @param name what it is called in reports
 * @param action does it, and ends it
 */
public record BrokerFault(String name, Action action) {

    /** The same fault, which tells somebody when it comes. */
    public BrokerFault telling(Runnable listener) {
        return new BrokerFault(name, trial -> {
            listener.run();
            action.happen(trial);
        });
    }

    void happen(BrokerTrial trial) throws Exception {
        action.happen(trial);
    }

    /** Does it, and ends it. */
    public interface Action {
        void happen(BrokerTrial trial) throws Exception;
    }
}
