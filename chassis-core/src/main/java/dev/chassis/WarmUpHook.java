package dev.chassis;

import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.time.Deadline;

/** A warm-up hook of the service, as a component: it has a time-out, a line in the ledger and can fail the start like any other. */
final class WarmUpHook implements Component {

    private final String name;
    private final Service.WarmUp hook;

    WarmUpHook(String name, Service.WarmUp hook) {
        this.name = name;
        this.hook = hook;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stage stage() {
        return Stage.WARM_UP;
    }

    @Override
    public void start(Deadline deadline) throws Exception {
        hook.run();
    }

    @Override
    public void stop(Deadline deadline) {}
}
