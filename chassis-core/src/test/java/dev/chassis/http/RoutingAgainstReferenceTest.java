package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tree must choose what the plainest reading of the rules chooses: of all templates that match, the best in the first difference. */
class RoutingAgainstReferenceTest {

    private static final String[] WORDS = {"a", "b", "c"};
    private static final int ROUNDS = 300;
    private static final int PATHS = 200;

    @Test
    void choosesWhatTheReferenceChooses() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int matches = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<String> templates = templates(random);
            TestApplication app = TestApplication.of(
                    routes -> templates.forEach(template -> routes.get(template, request -> Response.noContent())));
            for (int i = 0; i < PATHS; i++) {
                String path = path(random);
                String expected = reference(templates, path);
                assertThat(app.endpoint("GET", path).template())
                        .as("seed %d, path %s, templates %s", seed, path, templates)
                        .isEqualTo(expected);
                matches += expected.equals(Elsewhere.UNMATCHED) ? 0 : 1;
            }
        }
        assertThat(matches).as("seed %d", seed).isGreaterThan(ROUNDS);
    }

    /** It runs on an event loop, where nobody would catch it. */
    @Test
    void throwsNothingWhateverIsAskedFor() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TestApplication app = TestApplication.of(routes -> routes.get("/a/{b}/c", request -> Response.noContent())
                .get("/a/{rest...}", request -> Response.noContent()));
        for (int i = 0; i < ROUNDS * PATHS; i++) {
            String target = garbage(random);
            String method = random.nextBoolean() ? "GET" : garbage(random);
            Response response = app.send(TestExchange.of(method, target));
            assertThat(response.status())
                    .as("seed %d, method %s, target %s", seed, method, target)
                    .isIn(204, 400, 404, 405);
        }
    }

    private static String garbage(Random random) {
        String alphabet = "//aac%%2F20.?&=+*\\\u0000\u00e9\ud83d";
        StringBuilder garbage = new StringBuilder(random.nextInt(3) > 0 ? "/a/" : "");
        for (int i = random.nextInt(12); i > 0; i--) {
            garbage.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return garbage.toString();
    }

    /** Random templates of which no two match the same requests. */
    private static List<String> templates(Random random) {
        Map<String, String> byShape = new LinkedHashMap<>();
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            StringBuilder template = new StringBuilder();
            int length = 1 + random.nextInt(4);
            for (int at = 0; at < length; at++) {
                template.append('/').append(segment(random, at, at == length - 1));
            }
            byShape.putIfAbsent(template.toString().replaceAll("\\{p\\w+", "{p"), template.toString());
        }
        return List.copyOf(byShape.values());
    }

    private static String segment(Random random, int at, boolean last) {
        int choice = random.nextInt(10);
        if (choice < 4) {
            return "{p" + at + "x" + random.nextInt(3) + "}";
        }
        if (last && choice == 4) {
            return "{p" + at + "...}";
        }
        return last && choice == 5 ? "" : WORDS[random.nextInt(WORDS.length)];
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder();
        int length = 1 + random.nextInt(5);
        for (int i = 0; i < length; i++) {
            boolean empty = i == length - 1 && random.nextInt(8) == 0;
            path.append('/').append(empty ? "" : WORDS[random.nextInt(WORDS.length)]);
        }
        return path.toString();
    }

    private static String reference(List<String> templates, String path) {
        List<String> matching = new ArrayList<>();
        for (String template : templates) {
            if (matches(template.substring(1).split("/", -1), path.substring(1).split("/", -1))) {
                matching.add(template);
            }
        }
        return matching.stream()
                .min(Comparator.comparing(RoutingAgainstReferenceTest::kinds))
                .orElse(Elsewhere.UNMATCHED);
    }

    private static boolean matches(String[] template, String[] path) {
        for (int i = 0; i < template.length; i++) {
            if (template[i].endsWith("...}")) {
                return i < path.length;
            }
            boolean fits =
                    i < path.length && (template[i].startsWith("{") ? !path[i].isEmpty() : template[i].equals(path[i]));
            if (!fits) {
                return false;
            }
        }
        return template.length == path.length;
    }

    /** One letter for each segment, so that the better template sorts first. */
    private static String kinds(String template) {
        StringBuilder kinds = new StringBuilder();
        for (String segment : template.substring(1).split("/", -1)) {
            kinds.append(segment.endsWith("...}") ? 'c' : segment.startsWith("{") ? 'b' : 'a');
        }
        return kinds.toString();
    }
}
