package dev.chassis.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.ecs.FakeAgent;
import org.junit.jupiter.api.Test;

/** A real process beside something that answers as the ECS agent does. */
class EcsProcessTest {

    @Test
    void tellsItsTask() throws Exception {
        try (FakeAgent agent = new FakeAgent();
                TestProcess process = TestProcess.start("plain", agent.environment())) {
            assertThat(process.awaitLine("Task "))
                    .contains("0e5f0b1c2d3e4f5a6b7c8d9e0f1a2b3c of orders:42 in eu-west-1b");
        }
    }

    @Test
    void doesNotWaitForAnAgentThatIsSilent() throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            agent.container(agent.silence());
            try (TestProcess process = TestProcess.start("plain", agent.environment())) {
                process.awaitLine("Ready in");
                assertThat(process.output()).doesNotContain("metadata");
                process.awaitLine("The metadata of the ECS task are not known");
                process.signal("TERM");

                assertThat(process.awaitExit()).isZero();
            }
        }
    }
}
