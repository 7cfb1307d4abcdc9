package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a service loads before it has to, every task of a fleet waits for. Asked of a JVM of its own, which lists what it loads. */
class ColdStartTest {

    @Test
    void loadsNoJsonLibraryForTextProblemsAndRefusals() throws Exception {
        List<String> loaded = run("");

        assertThat(loaded).contains("dev.chassis.http.Problem");
        assertThat(loaded.stream().filter(name -> name.startsWith("tools.jackson")))
                .isEmpty();
    }

    @Test
    void loadsItWhenWarmedUp() throws Exception {
        assertThat(run("warm")).contains("tools.jackson.databind.json.JsonMapper");
    }

    private static List<String> run(String how) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        how)
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        return lines.stream()
                .filter(line -> line.contains("[class,load]"))
                .map(line -> line.substring(line.indexOf("load] ") + 6).split(" ")[0])
                .toList();
    }

    static final class Main {

        private Main() {}

        public static void main(String[] args) {
            HttpApplication application = HttpApplication.of(
                    List.of(routes -> routes.get("/text/{id}", request -> Response.text(request.path("id")))),
                    builtIn -> builtIn.get("/livez", request -> Response.noContent()),
                    1,
                    Duration.ZERO);
            check(application, "/text/7", 200);
            check(application, "/livez", 204);
            check(application, "/nothing", 404);
            TestExchange exchange = TestExchange.get("/livez");
            application.resolve("GET", "/livez").refuse(exchange, 503, "Later.");
            if (args[0].equals("warm")) {
                application.warmUp();
            }
        }

        private static void check(HttpApplication application, String path, int status) {
            TestExchange exchange = TestExchange.get(path);
            if (application.resolve("GET", path).handle(exchange).status() != status) {
                System.exit(1);
            }
        }
    }
}
