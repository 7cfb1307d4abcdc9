package dev.chassis.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What is answered to a statement in a training run, without a thought for what it means: a query of a table finds nothing, any other query one row
 * of numbers, everything else works. That takes migrations, pools and most queries through their whole path.
 */
final class TrainingAnswers {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
    private static final Pattern QUERY =
            Pattern.compile("\\s*(/\\*.*?\\*/\\s*)*(select|show|with|values)\\b.*|.*\\breturning\\b.*", FLAGS);
    private static final Pattern ONE_ROW =
            Pattern.compile(".*\\b(exists|count|sum|returning|information_schema)\\b.*", FLAGS);
    private static final Pattern OF_A_TABLE = Pattern.compile(".*\\bfrom\\b.*", FLAGS);
    private static final Pattern FUNCTION = Pattern.compile("\\s*select\\s+(\\w+)\\(.*", FLAGS);

    private static final int COLUMNS = 8; // more than a question for settings has

    /** What a driver, a pool or migrations insist on, by what is asked for. Elsewhere a number will do, which is true, too. */
    private static final Map<String, String> INSISTED = Map.of(
            "max_connections", "1000", "_isolation", "REPEATABLE-READ", "version()", "11.4.2-MariaDB", "sum(", "0");

    private TrainingAnswers() {}

    /** Whether it is answered with rows, be it none. */
    static boolean isQuery(String sql) {
        return QUERY.matcher(sql).matches();
    }

    /** The names of its columns. The first is called as the function that is asked for, as PostgreSQL does. */
    static List<String> columns(String sql) {
        Matcher function = FUNCTION.matcher(sql);
        String first = function.matches() ? function.group(1) : "c0";
        return IntStream.range(0, COLUMNS)
                .mapToObj(i -> i == 0 ? first : "c" + i)
                .toList();
    }

    /** The values of each row. */
    static List<List<String>> rows(String sql) {
        if (!isQuery(sql)
                || OF_A_TABLE.matcher(sql).matches() && !ONE_ROW.matcher(sql).matches()) {
            return List.of();
        }
        String first = first(sql);
        return List.of(
                IntStream.range(0, COLUMNS).mapToObj(i -> i == 0 ? first : "1").toList());
    }

    private static String first(String sql) {
        String lower = sql.toLowerCase(Locale.ROOT);
        return INSISTED.entrySet().stream()
                .filter(special -> lower.contains(special.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("1");
    }

    /** The first word, in capitals. */
    static String word(String sql) {
        return sql.strip().split("[\\s;]+", 2)[0].toUpperCase(Locale.ROOT);
    }
}
