package dev.chassis.process;

import dev.chassis.Chassis;
import dev.chassis.Service;
import dev.chassis.http.Response;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.InFlight;
import dev.chassis.lifecycle.LifecycleEvent;
import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.time.Deadline;
import java.net.ConnectException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** Services that end in different ways, each to be run in a process of its own; the system property {@code case} says which. */
public final class ProcessMain {

    private ProcessMain() {}

    /** Runs one. */
    public static void main(String[] args) {
        Chassis.run("process-test", args, service -> assemble(service, System.getProperty("case")));
    }

    private static void assemble(Service service, String which) {
        service.http(routes -> routes.get("/hello", request -> Response.text("hello")));
        service.onEvent(event -> {
            if (event instanceof LifecycleEvent.DrainPhaseEntered entered) {
                LoggerFactory.getLogger(ProcessMain.class).info("phase {}", entered.phase());
            }
        });
        switch (which) {
            case "plain" -> {}
            case "exits" ->
                service.onEvent(event -> {
                    if (event instanceof LifecycleEvent.Ready) {
                        new Thread(() -> System.exit(7)).start();
                    }
                });
            case "fails" ->
                service.add(new Troubled(deadline -> {
                    throw new IllegalStateException("password authentication failed for user orders");
                }));
            case "away" ->
                service.add(new Troubled(deadline -> {
                    throw new TransientFailureException("connection refused: db:5432", new ConnectException());
                }));
            case "hangs-at-start" ->
                service.add(new Troubled(deadline -> {
                    LoggerFactory.getLogger(ProcessMain.class).info("hanging");
                    new CountDownLatch(1).await();
                }));
            case "never-drains" -> service.add(new Stuck());
            case "drain-hangs" ->
                service.onEvent(event -> {
                    if (event instanceof LifecycleEvent.DrainPhaseEntered) {
                        hangForEver();
                    }
                });
            default -> throw new IllegalArgumentException(which);
        }
    }

    private static void hangForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a troubled component does at start. */
    private interface Trouble {
        void at(Deadline deadline) throws Exception;
    }

    private record Troubled(Trouble trouble) implements Component {
        @Override
        public String name() {
            return "db";
        }

        @Override
        public void start(Deadline deadline) throws Exception {
            trouble.at(deadline);
        }

        @Override
        public void stop(Deadline deadline) {}
    }

    /** Has one piece of work that never ends. */
    private static final class Stuck implements Component {

        private final InFlight work = new InFlight();

        @Override
        public String name() {
            return "stuck";
        }

        @Override
        public void start(Deadline deadline) {
            work.tryEnter();
        }

        @Override
        public CompletionStage<Void> drain() {
            return work.close();
        }

        @Override
        public int inFlight() {
            return work.count();
        }

        @Override
        public void stop(Deadline deadline) {}
    }
}
