package dev.chassis.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.chassis.config.Configuration;
import dev.chassis.config.ParametersConfig;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RotatingSecretTest {

    private static final String DENIED = "not authorized to perform: secretsmanager:GetSecretValue";

    private record Login(String user, String password) {}

    private final Logger logger = (Logger) LoggerFactory.getLogger(Secrets.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final List<Secrets> opened = new ArrayList<>();
    private FakeAws aws;

    @BeforeEach
    void start() throws Exception {
        aws = new FakeAws();
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        opened.forEach(secrets -> secrets.stop(Deadline.after(Duration.ZERO)));
        aws.close();
    }

    @Test
    void whoAsksAgainGetsTheNextPassword() {
        Supplier<Login> login = rotating(Map.of());
        aws.secret("games/db", json("u", "one"));
        assertThat(login.get()).isEqualTo(new Login("u", "one"));

        aws.secret("games/db", json("u2", "two"));

        assertThat(login.get()).isEqualTo(new Login("u2", "two"));
        assertThat(aws.calls()).hasSize(2);
    }

    @Test
    void nothingIsReadBeforeSomebodyAsks() {
        rotating(Map.of());

        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void theLastOneServesWhileAwsRefusesAndItIsToldOnce() {
        Supplier<Login> login = rotating(Map.of());
        aws.secret("games/db", json("u", "hunter2"));
        assertThat(login.get()).isEqualTo(new Login("u", "hunter2"));

        aws.refuse("games/db", "AccessDeniedException", DENIED);
        assertThat(login.get()).isEqualTo(new Login("u", "hunter2"));
        assertThat(login.get()).isEqualTo(new Login("u", "hunter2"));
        aws.allow("games/db");
        aws.secret("games/db", json("u", "next"));
        assertThat(login.get()).isEqualTo(new Login("u", "next"));

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        warning -> assertThat(warning)
                                .contains("secret:games/db is not read", DENIED, "allow the task's role")
                                .doesNotContain("hunter2"),
                        again -> assertThat(again).isEqualTo("secret:games/db is read again"));
    }

    @Test
    void withoutAnyItThrowsWithTheReason() {
        aws.refuse("games/db", "AccessDeniedException", DENIED);
        Supplier<Login> login = rotating(Map.of());

        assertThatThrownBy(login::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "no log-in from secret:games/db (expected: secret:games/db#username to be readable")
                .hasMessageContaining(DENIED);

        aws.allow("games/db");
        aws.secret("games/db", json("u", "p"));
        assertThat(login.get()).isEqualTo(new Login("u", "p"));
    }

    @Test
    void aSecretThatIsNoLoginSaysWhatIsMissing() {
        aws.secret("games/db", "{\"username\":\"u\"}");

        assertThatThrownBy(rotating(Map.of())::get).hasMessageContaining("secret:games/db#password to be text");
    }

    @Test
    void threadsThatAskAtOnceShareACall() throws Exception {
        Supplier<Login> login = rotating(Map.of());
        aws.secret("games/db", json("u", "p"));
        CountDownLatch held = aws.hold();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Login>> logins = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                logins.add(threads.submit(login::get));
            }
            aws.awaitCall();
            // All others wait for it, or have not begun; those that begin later make calls of their own.
            held.countDown();
            for (Future<Login> each : logins) {
                assertThat(each.get(1, TimeUnit.MINUTES)).isEqualTo(new Login("u", "p"));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(aws.mostAtOnce()).isEqualTo(1);
    }

    /** The SDK numbers the threads of its clients, and ends them with their client. */
    @Test
    void oneClientMakesEveryCallUntilTheSecretsAreStopped() {
        Set<String> before = threadsOfClients();
        Supplier<Login> login = rotating(Map.of());
        aws.secret("games/db", json("u", "p"));
        Set<String> clients = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            assertThat(login.get()).isEqualTo(new Login("u", "p"));
            clients.addAll(threadsOfClients());
        }
        clients.removeAll(before);
        assertThat(clients).hasSize(1);

        opened.get(0).stop(Deadline.after(Duration.ZERO));

        Awaitility.await().until(() -> before.containsAll(threadsOfClients()));
        assertThat(login.get()).isEqualTo(new Login("u", "p")); // the last one
        assertThat(aws.calls()).hasSize(5);
        assertThat(before).containsAll(threadsOfClients());
    }

    private static Set<String> threadsOfClients() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sdk-"))
                .map(name -> name.substring(0, name.lastIndexOf('-')))
                .collect(Collectors.toSet());
    }

    @Test
    void aThrottledCallIsTriedAFewTimesAndThenTheLastOneServes() {
        Supplier<Login> login = rotating(Map.of());
        aws.secret("games/db", json("u", "p"));
        aws.throttle(2);
        assertThat(login.get()).isEqualTo(new Login("u", "p"));
        assertThat(aws.calls()).hasSize(3);

        aws.throttle(1000);
        assertThat(login.get()).isEqualTo(new Login("u", "p"));

        assertThat(aws.calls()).hasSize(8);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("secret:games/db is not read, and the last log-in that is known is used")
                .contains("throttled 5 times", "raise the quota of secretsmanager:GetSecretValue");
    }

    @Test
    void aTrainingRunReadsNone() {
        Supplier<Login> login = rotating(Map.of("chassis.parameters.enabled", "false"));

        assertThatThrownBy(login::get).hasMessageContaining("expected: chassis.parameters.enabled=true");
        assertThat(aws.calls()).isEmpty();
    }

    private Supplier<Login> rotating(Map<String, String> more) {
        Configuration configuration =
                Configuration.load(Map.of(), Map.of("chassis.parameters.endpoint", aws.endpoint()), more);
        Secrets secrets = Secrets.of(configuration.bind(ParametersConfig.class));
        opened.add(secrets);
        return secrets.rotating("games/db", Login::new);
    }

    private static String json(String user, String password) {
        return "{\"username\":\"" + user + "\",\"password\":\"" + password + "\",\"engine\":\"postgres\"}";
    }
}
