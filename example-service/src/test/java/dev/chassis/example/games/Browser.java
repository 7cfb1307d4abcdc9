package dev.chassis.example.games;

import static org.awaitility.Awaitility.await;

import dev.chassis.testing.Require;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium with one page, driven by the Chrome DevTools Protocol. Used by one thread. */
final class Browser implements AutoCloseable, WebSocket.Listener {

    private static final String PROGRAM = "chromium";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path profile;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket devTools;

    private Browser(String url) throws Exception {
        profile = Files.createTempDirectory("browser");
        process = new ProcessBuilder(
                        PROGRAM,
                        "--headless=new",
                        "--no-sandbox", // root has none
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        await("Chromium")
                .atMost(PATIENCE)
                .until(() -> Files.exists(port) && Files.readAllLines(port).size() > 1);
        devTools = http.newWebSocketBuilder()
                .buildAsync(URI.create(open(Files.readAllLines(port).get(0), url)), this)
                .get(60, TimeUnit.SECONDS);
    }

    /** A browser that shows this page; without a Chromium the test is skipped, or fails where servers are required. */
    static Browser at(String url) throws Exception {
        Require.program(new ProcessBuilder(PROGRAM, "--version")); // Debian package chromium
        return new Browser(url);
    }

    private String open(String port, String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?" + url))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        String page = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return JSON.readTree(page).get("webSocketDebuggerUrl").asString();
    }

    /** The text of an element of the page; empty if there is none. */
    String text(String selector) throws Exception {
        String script = "(document.querySelector('" + selector + "') || {innerText: ''}).innerText";
        String call = JSON.writeValueAsString(java.util.Map.of(
                "id", 1, "method", "Runtime.evaluate", "params", java.util.Map.of("expression", script)));
        devTools.sendText(call, true);
        String answer = answers.poll(60, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("Chromium does not answer");
        }
        return JSON.readTree(answer).at("/result/result/value").asString("");
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            answers.add(partial.toString());
            partial.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public void close() throws Exception {
        devTools.abort();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.waitFor(30, TimeUnit.SECONDS);
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
