package dev.chassis.parameters;

import dev.chassis.aws.internal.ClientSettings;
import dev.chassis.config.ParameterStore.Answers;
import dev.chassis.config.ParameterStore.Kind;
import dev.chassis.config.ParameterStore.Reference;
import dev.chassis.config.ParameterStore.Request;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** One request, on threads of its own that end with it. Used by one thread. */
final class Fetch implements AutoCloseable {

    private static final int THREADS = 8;

    private final Request request;
    private final Clients clients;
    private final Results results;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Fetch::daemon);

    Fetch(Request request) {
        this.request = request;
        this.clients = new Clients(new ClientSettings(request.timeout(), request.endpoint(), request.region()));
        this.results = new Results(request);
    }

    /** Returns when everything is answered, or the time is over. */
    Answers answers() {
        CompletableFuture<Void> parameters =
                all(of(Kind.SSM, Kind.PATH), wanted -> new SsmCalls(clients.ssm(), results).of(wanted));
        CompletableFuture<Void> secrets =
                all(of(Kind.SECRET, Kind.SECRET), wanted -> new SecretCalls(clients.secrets(), results).of(wanted));
        try {
            CompletableFuture.allOf(parameters, secrets).get(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // What has no answer by now says so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // likewise
        } catch (ExecutionException e) {
            throw new IllegalStateException("parameters could not be read", e);
        }
        return results.answers();
    }

    private List<Reference> of(Kind one, Kind other) {
        return request.references().stream()
                .filter(reference -> reference.kind() == one || reference.kind() == other)
                .toList();
    }

    /** The client is made beside the others, because it loads much. */
    private CompletableFuture<Void> all(List<Reference> wanted, Opening opening) {
        if (wanted.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Supplier<List<Runnable>> calls = () -> opening.calls(wanted);
        return CompletableFuture.supplyAsync(
                        () -> results.orFailed(wanted, calls).orElse(List.of()), threads)
                .thenCompose(made -> CompletableFuture.allOf(made.stream()
                        .map(call -> CompletableFuture.runAsync(call, threads))
                        .toArray(CompletableFuture[]::new)));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clients.close();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "parameters");
        thread.setDaemon(true);
        return thread;
    }

    /** Makes a client, and what is to be called. */
    private interface Opening {
        List<Runnable> calls(List<Reference> wanted);
    }
}
