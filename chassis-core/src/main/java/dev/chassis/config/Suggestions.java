package dev.chassis.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody may have meant. */
final class Suggestions {

    /** A guess may differ in every third character; what counts as a slip of the pen, in every sixth. */
    private static final int GUESS = 3;

    private static final int SLIP = 6;
    private static final int MAX_NAMESAKES = 2;

    private Suggestions() {}

    /** {@code "; did you mean x?"}, or nothing if no name comes close. */
    static String didYouMean(String name, Collection<String> known) {
        String closest = closest(name, known, GUESS);
        String meant = closest != null ? closest : String.join(" or ", namesakes(name, known));
        return meant.isEmpty() ? "" : "; did you mean " + meant + "?";
    }

    /** Whether it is so close to a known name that it must be a slip of the pen. */
    static boolean isSlip(String name, Collection<String> known) {
        return closest(name, known, SLIP) != null;
    }

    private static @Nullable String closest(String name, Collection<String> known, int share) {
        String closest = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int common = commonSegments(name, candidate);
            String left = name.substring(common);
            String right = candidate.substring(common);
            int allowed = Math.max(share == GUESS ? 1 : 0, Math.max(left.length(), right.length()) / share);
            if (Math.abs(left.length() - right.length()) > allowed) {
                continue;
            }
            int distance = distance(left, right);
            if (distance <= allowed && distance < least) {
                least = distance;
                closest = candidate;
            }
        }
        return closest;
    }

    /** The keys whose last segment is the same, if they are few: the right key in the wrong group. */
    private static List<String> namesakes(String name, Collection<String> known) {
        List<String> namesakes = new ArrayList<>();
        for (String candidate : known) {
            if (Keys.lastSegment(candidate).equals(Keys.lastSegment(name))) {
                namesakes.add(candidate);
            }
        }
        return namesakes.size() <= MAX_NAMESAKES ? namesakes : List.of();
    }

    /** How many characters the whole segments are long that both begin with. */
    private static int commonSegments(String a, String b) {
        int common = 0;
        for (int i = 0; i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i); i++) {
            if (a.charAt(i) == '.' || a.charAt(i) == '_') {
                common = i + 1;
            }
        }
        return common;
    }

    /** Characters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, d);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] d) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, 1 + d[i - 2][j - 2]) : least;
    }
}
