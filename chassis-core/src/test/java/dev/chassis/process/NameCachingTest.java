package dev.chassis.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NameCachingTest {

    private static String told(String... flags) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), NameCachingMain.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void namesAreRememberedForAShortTimeOnly() throws Exception {
        assertThat(told()).contains("ttl=5 negative=1");
    }

    @Test
    void whatTheUserHasSetStays() throws Exception {
        assertThat(told("-Down=60")).contains("ttl=60 negative=60");
    }

    @Test
    void theOlderFlagsOfTheJvmStayInForce() throws Exception {
        assertThat(told("-Dsun.net.inetaddr.ttl=20", "-Dsun.net.inetaddr.negative.ttl=3"))
                .contains("ttl=null negative=10");
    }
}
