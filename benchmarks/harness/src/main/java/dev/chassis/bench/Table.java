package dev.chassis.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A plain text table: the first column to the left, numbers to the right. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with this head. */
    public Table(String... head) {
        rows.add(List.of(head));
    }

    /** Adds a row of as many cells as the head has. */
    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** A number with that many decimals. */
    public static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** The least and the greatest value. */
    public static String spread(Samples samples) {
        return number(samples.min(), 0) + "–" + number(samples.max(), 0);
    }

    @Override
    public String toString() {
        return rows.stream().map(this::line).collect(Collectors.joining(System.lineSeparator()));
    }

    private String line(List<String> cells) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> pad(cells.get(column), width(column), column == 0))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
    }

    private static String pad(String cell, int width, boolean left) {
        String padding = " ".repeat(width - cell.length());
        return left ? cell + padding : padding + cell;
    }
}
