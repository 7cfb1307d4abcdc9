package dev.chassis.bench;

/** What slices of one kind of load gave. */
final class Slices {
    private final Samples throughput = new Samples();
    private final Samples p50Micros = new Samples();
    private final Samples p99Micros = new Samples();
    private final Samples serverCpus = new Samples();
    private final Samples clientCpus = new Samples();
    private final Samples perCpuSecond = new Samples();

    void add(LoadClient.Slice slice) {
        throughput.add(slice.result().requestsPerSecond());
        p50Micros.add(slice.result().p50Micros());
        p99Micros.add(slice.result().p99Micros());
        serverCpus.add(slice.serverCpus());
        clientCpus.add(slice.clientCpus());
        perCpuSecond.add(slice.result().requestsPerSecond() / slice.serverCpus());
    }

    Samples throughput() {
        return throughput;
    }

    Samples p50Micros() {
        return p50Micros;
    }

    Samples p99Micros() {
        return p99Micros;
    }

    Samples serverCpus() {
        return serverCpus;
    }

    Samples clientCpus() {
        return clientCpus;
    }

    /** Requests for each second of processor time the server used. */
    Samples perCpuSecond() {
        return perCpuSecond;
    }
}
