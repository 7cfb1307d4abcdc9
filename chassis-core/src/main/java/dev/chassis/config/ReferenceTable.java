package dev.chassis.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The keys as Markdown: a section with a table for each mapping. */
final class ReferenceTable {

    private static final String HEADER = """
            | Key | Environment variable | Type | Unit | Default | Range | Description |
            |---|---|---|---|---|---|---|
            """;

    private final StringBuilder markdown = new StringBuilder();

    private ReferenceTable() {}

    static String of(List<Catalogue.Mapping> mappings) {
        List<Catalogue.Mapping> sorted = new ArrayList<>(mappings);
        sorted.sort(Comparator.comparing(Catalogue.Mapping::prefix));
        ReferenceTable table = new ReferenceTable();
        for (Catalogue.Mapping mapping : sorted) {
            table.section(mapping.prefix(), mapping.group());
        }
        return table.markdown.toString();
    }

    private void section(String prefix, Group group) {
        markdown.append(markdown.isEmpty() ? "" : "\n")
                .append("## ")
                .append(prefix)
                .append("\n\n");
        if (!group.description().isEmpty()) {
            markdown.append(group.description()).append("\n\n");
        }
        markdown.append(HEADER);
        List<KeySpec> keys = new ArrayList<>();
        group.describe(Slot.root(prefix), keys);
        keys.sort(Comparator.comparing(KeySpec::key));
        for (KeySpec key : keys) {
            row(key);
        }
    }

    private void row(KeySpec key) {
        cell(code(key.key().replace("*", "<name>")));
        cell(code(key.environmentName().replace("*", "<NAME>")));
        cell(key.type());
        cell(key.unit());
        cell(fallback(key));
        cell(key.range());
        cell(key.description());
        markdown.append("|\n");
    }

    private static String fallback(KeySpec key) {
        if (key.required()) {
            return "required";
        }
        return key.fallback() == null ? "not set" : code(key.fallback());
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private void cell(String text) {
        markdown.append("| ")
                .append(text.replace("|", "\\|").replace('\n', ' '))
                .append(text.isEmpty() ? "" : " ");
    }
}
