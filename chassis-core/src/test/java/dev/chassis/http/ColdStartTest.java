package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.config.Configuration;
import dev.chassis.time.Deadline;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    @Test
    void asksNoLocaleForTheDateOfTheFirstAnswer() throws Exception {
        List<String> loaded = run("served");

        assertThat(loaded)
                .contains("dev.chassis.http.internal.ResponseHead")
                .doesNotContain("java.util.GregorianCalendar");
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

        public static void main(String[] args) throws Exception {
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
            } else if (args[0].equals("served")) {
                serve(application);
            }
        }

        private static void serve(HttpApplication application) throws Exception {
            Configuration configuration = Configuration.load(
                    Map.of(), Map.of(), Map.of("chassis.http.port", "0", "chassis.http.host", "localhost"));
            HttpServer server = new HttpServer(configuration.bind(HttpConfig.class), application);
            server.start(Deadline.after(Duration.ofSeconds(30)));
            try (Socket socket = new Socket("localhost", server.port())) {
                socket.getOutputStream().write("GET /livez HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                if (!answer.contains("\r\ndate: ")) {
                    throw new IllegalStateException(answer);
                }
            }
            server.stop(Deadline.after(Duration.ofSeconds(30)));
        }

        private static void check(HttpApplication application, String path, int status) {
            TestExchange exchange = TestExchange.get(path);
            if (application.resolve("GET", path).handle(exchange).status() != status) {
                System.exit(1);
            }
        }
    }
}
