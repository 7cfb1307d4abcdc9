package dev.chassis.hazelcast;

import com.hazelcast.client.impl.management.ClientConnectionProcessListener;
import com.hazelcast.cluster.Address;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Notices members that refuse the cluster's name. Hazelcast tries for ever and in the end says "unable to connect", whatever the reason;
 * this listener, meant for its Management Center, is the only one who is told.
 *
 * <p>Called by the thread that connects, and by Hazelcast's later on; thread-safe.
 */
final class Refusals implements ClientConnectionProcessListener {

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Consumer<Set<String>> onRefused;

    /** Tells, when every address has been tried and some have refused us, which. */
    Refusals(Consumer<Set<String>> onRefused) {
        this.onRefused = onRefused;
    }

    @Override
    public void credentialsFailed(Address member) {
        refused.add(member.getHost() + ":" + member.getPort());
    }

    @Override
    public void hostNotFound(String host) {
        unknown.add(host);
    }

    // A round begins: so the one before it has found nobody.
    @Override
    public void possibleAddressesCollected(List<Address> addresses) {
        if (!refused.isEmpty()) {
            onRefused.accept(Set.copyOf(refused));
        }
    }

    @Override
    public void authenticationSuccess(Address member) {
        refused.clear();
    }

    /** Names that could not be resolved, for a message. */
    Set<String> unknownHosts() {
        return Set.copyOf(unknown);
    }
}
