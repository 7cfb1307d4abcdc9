package dev.chassis.bench.logging;

import dev.chassis.bench.Machine;
import dev.chassis.bench.Result;
import dev.chassis.bench.Samples;
import dev.chassis.bench.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From the call to the bytes in a pipe: the chassis beside its peers, each in a process of its own. */
public final class LoggingBench {

    private final Map<String, Samples> cpu = new LinkedHashMap<>();
    private final Map<String, Samples> bytes = new LinkedHashMap<>();
    private final int warmUp;
    private final int events;

    private LoggingBench(int warmUp, int events) {
        this.warmUp = warmUp;
        this.events = events;
    }

    /**
     * Measures.
     *
     * @param args {@code [--quick]}
     * @throws Exception if a process fails or loses a line
     */
    public static void main(String[] args) throws Exception {
        boolean quick = List.of(args).contains("--quick");
        System.out.println(Machine.describe());
        LoggingBench bench = new LoggingBench(quick ? 200_000 : 300_000, 200_000);
        for (int round = 0; round < (quick ? 1 : 3); round++) {
            bench.round();
        }
        bench.print();
    }

    private void round() throws Exception {
        for (Subject subject :
                List.of(Subject.CHASSIS, Subject.CONSOLE, Subject.LOG4J, Subject.SPRING, Subject.ENCODER)) {
            measure(subject, "line");
        }
        for (Subject subject :
                List.of(Subject.CHASSIS, Subject.ENCODER, Subject.EVENT, Subject.CONSOLE, Subject.LOG4J)) {
            measure(subject, "exception");
        }
    }

    private void measure(Subject subject, String kind) throws Exception {
        Subject.Cost cost = subject.measure(kind, warmUp, events);
        String key = subject.name() + ", " + kind;
        cpu.computeIfAbsent(key, name -> new Samples()).add(cost.cpuNanos());
        bytes.computeIfAbsent(key, name -> new Samples()).add(cost.bytes());
    }

    private void print() {
        Table table = new Table(
                "logging: one event, call to pipe", "CPU ns median", "min–max", "bytes allocated", "events/CPU s");
        cpu.forEach((name, nanos) -> table.row(
                name,
                Table.number(nanos.median(), 0),
                Table.spread(nanos),
                Table.number(bytes.get(name).median(), 0),
                Table.number(1e9 / nanos.median(), 0)));
        System.out.printf("%n%s%n%n", table);
        System.out.println(new Result("logging")
                .ratio("eventsPerCpuVsConsole", ratio(cpu, Subject.CONSOLE, Subject.CHASSIS, "line"))
                .ratio("eventsPerCpuVsLog4j", ratio(cpu, Subject.LOG4J, Subject.CHASSIS, "line"))
                .ratio("allocVsEncoder", ratio(bytes, Subject.CHASSIS, Subject.ENCODER, "line"))
                .ratio("repeatedExceptionVsEncoder", beyondEvent(Subject.CHASSIS) / beyondEvent(Subject.ENCODER)));
    }

    /** What an exception costs after logback has made its event, which all that stand on logback pay. */
    private double beyondEvent(Subject subject) {
        return cpu.get(subject.name() + ", exception").median()
                - cpu.get(Subject.EVENT.name() + ", exception").median();
    }

    private static double ratio(Map<String, Samples> of, Subject one, Subject other, String kind) {
        return of.get(one.name() + ", " + kind).ratioTo(of.get(other.name() + ", " + kind));
    }
}
