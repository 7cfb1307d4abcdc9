package dev.chassis.lifecycle;

/** The life of a service. It only ever moves downwards in this list. */
public enum ServiceState {
    /** Assembled; nothing has begun. */
    NEW,
    /** Components are starting. */
    STARTING,
    /** Every component serves. */
    READY,
    /** A drain is under way; what phase it is in, the events say. */
    DRAINING,
    /** Everything has been stopped after a drain. */
    STOPPED,
    /** The start failed; what had started has been stopped again. */
    FAILED
}
