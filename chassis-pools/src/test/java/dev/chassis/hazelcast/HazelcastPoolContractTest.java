package dev.chassis.hazelcast;

import dev.chassis.lifecycle.Component;
import dev.chassis.testing.ComponentContract;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Clients and members keep the contract. */
class HazelcastPoolContractTest {

    private static Member member;

    @BeforeAll
    static void startMember() {
        member = Member.start("orders");
    }

    @AfterAll
    static void stopMember() {
        member.close();
    }

    @Nested
    class AClient implements ComponentContract {

        @Override
        public Component create() {
            return Settings.client("orders", member.address(), Map.of());
        }

        /** Its cluster has another name. */
        @Override
        public Optional<Component> createFailing() {
            return Optional.of(Settings.client("payments", member.address(), Map.of()));
        }
    }

    @Nested
    class AMember implements ComponentContract {

        private final int port = Member.freePort();

        @Override
        public Component create() {
            return Settings.member("orders", port, "127.0.0.1:" + port, Map.of());
        }

        /** Its port is taken. */
        @Override
        public Optional<Component> createFailing() {
            int taken = Integer.parseInt(member.address().split(":")[1]);
            return Optional.of(Settings.member("orders", taken, "127.0.0.1:" + taken, Map.of()));
        }
    }
}
