package dev.chassis.admin;

import dev.chassis.lifecycle.ServiceState;
import dev.chassis.lifecycle.Stage;
import dev.chassis.lifecycle.StartLedger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of {@code GET /info}. */
record InfoView(
        Map<String, String> build,
        Map<String, String> task,
        ServiceState state,
        Jvm jvm,
        @Nullable Start start) {

    static InfoView of(Operations operations) {
        return new InfoView(
                operations.build(),
                operations.task(),
                operations.state(),
                Jvm.present(),
                operations.ledger().map(Start::of).orElse(null));
    }

    record Jvm(String version, String vendor, String name, long pid, int processors, long maxHeapBytes) {

        static Jvm present() {
            Runtime runtime = Runtime.getRuntime();
            return new Jvm(
                    Runtime.version().toString(),
                    System.getProperty("java.vendor", ""),
                    System.getProperty("java.vm.name", ""),
                    ProcessHandle.current().pid(),
                    runtime.availableProcessors(),
                    runtime.maxMemory());
        }
    }

    record Start(long totalMs, long assemblyMs, String archive, List<Part> components) {

        static Start of(StartLedger ledger) {
            List<Part> parts = ledger.components().stream().map(Part::of).toList();
            return new Start(ledger.total().toMillis(), ledger.assembly().toMillis(), ledger.archive(), parts);
        }
    }

    record Part(String component, Stage stage, long tookMs, int attempts) {

        static Part of(StartLedger.Entry entry) {
            return new Part(entry.component(), entry.stage(), entry.took().toMillis(), entry.attempts());
        }
    }
}
