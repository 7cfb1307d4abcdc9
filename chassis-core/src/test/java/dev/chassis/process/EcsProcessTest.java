package dev.chassis.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.ecs.FakeAgent;
import dev.chassis.lifecycle.ExitCode;
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

    @Test
    void tellsItsMemoryAndWhatDoesNotFit() throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            agent.container(FakeAgent.json(200, FakeAgent.CONTAINER.replace("\"Memory\":768", "\"Memory\":0")));
            agent.task(FakeAgent.json(200, FakeAgent.TASK.replace("\"Memory\":1024", "\"Memory\":122880")));
            try (TestProcess process = TestProcess.start("plain", agent.environment())) {
                assertThat(process.awaitLine("dev.chassis.memory")).contains("+ metaspace ", " <= ", " MiB of ");
                assertThat(process.awaitLine("do not fit: "))
                        .contains("chassis.platform.stop-timeout", "chassis.http.load-balancer-idle-timeout");
            }
        }
    }

    @Test
    void aHeapBeyondTheTaskDoesNotStart() throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            agent.task(FakeAgent.json(200, FakeAgent.TASK.replace("\"Memory\":1024", "\"Memory\":4")));
            try (TestProcess process = TestProcess.start("plain", agent.environment())) {
                process.awaitLine("there are 4 MiB of the task");

                assertThat(process.awaitExit()).isEqualTo(ExitCode.START_FAILED.number());
            }
        }
    }
}
