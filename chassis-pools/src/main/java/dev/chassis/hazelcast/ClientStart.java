package dev.chassis.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastInstance;
import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.time.Deadline;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One attempt to connect a client. Used by one thread. */
final class ClientStart {

    private final String pool;
    private final HazelcastConfig config;
    private final Endpoint endpoint;
    private final Connection connection = new Connection();
    private final Refusals refusals = new Refusals(this::refused);
    private final Connecting connecting;

    ClientStart(String pool, HazelcastConfig config, Endpoint endpoint, Consumer<ClientConfig> customizer) {
        this.pool = pool;
        this.config = config;
        this.endpoint = endpoint;
        ClientConfig client = ClientSettings.of(config, pool, endpoint);
        customizer.accept(client);
        client.addListenerConfig(new ListenerConfig(connection));
        client.addListenerConfig(new ListenerConfig(refusals));
        this.connecting = new Connecting(pool, () -> HazelcastClient.newHazelcastClient(client));
    }

    /**
     * Connects.
     *
     * @throws TransientFailureException if no member is reached within the connect time-out
     * @throws IllegalStateException if members refuse the cluster's name
     * @throws InterruptedException if the thread is interrupted
     */
    Node run(Deadline deadline) throws Exception {
        try {
            HazelcastInstance instance = connecting.await(deadline.atMost(config.connectTimeout()));
            return Node.client(pool, instance, connection);
        } catch (TimeoutException e) {
            throw new TransientFailureException(unreachable(), e);
        } catch (ExecutionException e) {
            throw Causes.of(e);
        }
    }

    private void refused(Set<String> members) {
        connecting.fail(new IllegalStateException("refused by " + String.join(", ", members) + ": no cluster named \""
                + endpoint.clusterName() + "\" there (expected: the name that its members have)"));
    }

    private String unreachable() {
        Set<String> unknown = refusals.unknownHosts();
        return "no member of cluster \"" + endpoint.clusterName() + "\" reached at " + endpoint.where()
                + (unknown.isEmpty() ? "" : " (unknown: " + String.join(", ", unknown) + ")");
    }
}
