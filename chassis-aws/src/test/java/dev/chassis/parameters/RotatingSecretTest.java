package dev.chassis.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.chassis.config.Configuration;
import dev.chassis.config.ParametersConfig;
import dev.chassis.time.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
import org.junit.jupiter.api.io.TempDir;
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
        // Who reads for somebody who has waited long enough goes on, and would tell it to the next test.
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !isReading());
    }

    private static boolean isReading() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("secrets"));
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

    /** A call that has begun to be answered is left by nobody but who asked for it. */
    @Test
    void whoAsksWaitsNoLongerThanTheTimeLimitWhenAwsFallsSilentInAnAnswer() throws Exception {
        Supplier<Login> login = rotating(Map.of("chassis.parameters.timeout", "4s"));
        aws.secret("games/db", json("u", "p"));
        assertThat(login.get()).isEqualTo(new Login("u", "p"));
        CountDownLatch silence = aws.fallSilentAfter(Duration.ofSeconds(2));

        assertThat(login.get()).isEqualTo(new Login("u", "p"));

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .contains("secrets");
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("an answer for secret:games/db#username within 4000 ms (chassis.parameters.timeout)");
        silence.countDown();
        aws.secret("games/db", json("u", "next"));
        Awaitility.await().until(() -> login.get().equals(new Login("u", "next")));
    }

    @Test
    void aTaskThatStartsWhileAwsIsAwayHasTheLoginOfTheLastRotation(@TempDir Path directory) throws Exception {
        Map<String, String> keeping = Map.of(
                "chassis.parameters.cache-file", directory.resolve("last-known").toString());
        Supplier<Login> old = rotating(keeping);
        aws.secret("games/db", json("u", "one"));
        assertThat(old.get()).isEqualTo(new Login("u", "one"));
        aws.secret("games/db", json("u", "two"));
        assertThat(old.get()).isEqualTo(new Login("u", "two"));
        aws.throttle(1000);

        Supplier<Login> started = rotating(keeping);
        assertThat(started.get()).isEqualTo(new Login("u", "two"));
        assertThat(started.get()).isEqualTo(new Login("u", "two"));

        Path kept = directory.resolve("last-known.games%2Fdb");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("secret:games/db: values that were read 0 min ago are used, from " + kept)
                .doesNotContain("two");
        assertThatThrownBy(rotating(Map.of())::get).hasMessageContaining("throttled 5 times");
        aws.throttle(0);
        aws.refuse("games/db", "AccessDeniedException", DENIED);
        assertThatThrownBy(rotating(keeping)::get).hasMessageContaining(DENIED);
    }

    /** Silence is over when the time is, and who waits must not be told before that there is no login. */
    @Test
    void theSameWhereAwsIsSilent(@TempDir Path directory) {
        Map<String, String> keeping = Map.of(
                "chassis.parameters.timeout",
                "1s",
                "chassis.parameters.cache-file",
                directory.resolve("last-known").toString());
        aws.secret("games/db", json("u", "p"));
        assertThat(rotating(keeping).get()).isEqualTo(new Login("u", "p"));
        CountDownLatch held = aws.hold();

        assertThat(rotating(keeping).get()).isEqualTo(new Login("u", "p"));
        held.countDown();
    }

    @Test
    void aFileThatOthersMayReadIsToldAndKeepsNothing(@TempDir Path directory) throws Exception {
        Path kept = Files.createFile(directory.resolve("last-known.games%2Fdb"));
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-r--r--"));
        aws.secret("games/db", json("u", "p"));
        Supplier<Login> login = rotating(Map.of(
                "chassis.parameters.cache-file", directory.resolve("last-known").toString()));

        assertThat(login.get()).isEqualTo(new Login("u", "p"));
        assertThat(login.get()).isEqualTo(new Login("u", "p"));

        assertThat(kept).isEmptyFile();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains(kept + " keeps nothing (chassis.parameters.cache-file; expected: a file that ");

        aws.throttle(1000);
        assertThat(login.get()).isEqualTo(new Login("u", "p"));
        assertThat(lines.list).last().asString().contains("the last log-in that is known is used");
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
