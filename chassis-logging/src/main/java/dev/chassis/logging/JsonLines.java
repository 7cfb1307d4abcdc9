package dev.chassis.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.chassis.logging.Schema.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object per line, never longer than the budget, never with a name twice. Used by one thread at a time.
 *
 * <p>Written by hand: a generator of a library writes what it is given, and can neither be told how many bytes are left nor take a line
 * back, and loading one costs a start-up more than all lines of it.
 */
final class JsonLines implements LineEncoder {

    private static final int MAX_NAME = 256;
    private static final int MAX_ID = 128;
    private static final int KNOWN = 1_024;
    private static final int TOLD_CUTS = 8;

    private final UtcTimestamp timestamp = new UtcTimestamp();
    private final Map<String, byte[]> prefixes = new HashMap<>();
    private final Map<String, byte[]> quoted = new HashMap<>();
    private final List<String> cuts = new ArrayList<>();
    private final LineRules rules;
    private final LogTotals totals;
    private final Masker masker;
    private final JsonValues values;
    private final Stacks stacks;

    JsonLines(LineRules rules, LogTotals totals) {
        this.rules = rules;
        this.totals = totals;
        this.masker = new Masker(rules.maskedNames());
        this.values = new JsonValues(masker);
        this.stacks = new Stacks(rules.stackPeriod());
    }

    @Override
    public void encode(Line line, BatchBuffer out) {
        int start = out.size;
        long seq = totals.nextSeq();
        IThrowableProxy error = line.error();
        Stacks.Seen seen = error == null ? null : stacks.see(error, line.audit(), System.nanoTime());
        Cut cut = Cut.none(rules.lineBudget());
        write(line, seq, seen, cut, out);
        while (out.size - start > rules.lineBudget() && !cut.isTightest()) {
            out.truncate(start);
            cut = cut.tighter(rules.lineBudget());
            write(line, seq, seen, cut, out);
        }
        totals.wrote(line, out.size - start, !cuts.isEmpty());
    }

    private void write(Line line, long seq, Stacks.@Nullable Seen seen, Cut cut, BatchBuffer out) {
        cuts.clear();
        head(line, cut, out);
        out.append(line.common().json());
        out.append(prefix(line, Field.SEQ));
        JsonValues.number(out, seq);
        fields(line.fields(), cut, out);
        if (line.error() != null && seen != null) {
            error(line, line.error(), seen, cut, out);
        }
        tellCuts(line, out);
        out.write('}');
        out.write('\n');
    }

    private void head(Line line, Cut cut, BatchBuffer out) {
        out.write('{');
        byte[] ts = prefix(line, Field.TS);
        out.write(ts, 1, ts.length - 1);
        out.write('"');
        out.append(timestamp.bytes(line.epochSecond(), line.nanos()));
        out.write('"');
        few(out, prefix(line, Field.LEVEL), line.level().name());
        few(out, prefix(line, Field.LOGGER), line.logger());
        few(out, prefix(line, Field.THREAD), line.thread());
        masked(out, line, Field.MSG, line.msg(), cut.msg());
        optional(out, line, Field.CORRELATION_ID, line.correlationId());
        optional(out, line, Field.TRACE_ID, line.traceId());
        optional(out, line, Field.SPAN_ID, line.spanId());
        out.append(line.common().schema().constant());
    }

    private void optional(BatchBuffer out, Line line, Field field, @Nullable String id) {
        if (id != null) {
            plain(out, prefix(line, field), id, MAX_ID);
        }
    }

    private void fields(Fields fields, Cut cut, BatchBuffer out) {
        int told = Math.min(fields.size(), cut.fields());
        for (int i = 0; i < told; i++) {
            String name = fields.name(i);
            out.append(prefix(name));
            if (!values.write(out, name, fields.value(i), cut.value())) {
                cuts.add(name);
            }
        }
        for (int i = told; i < fields.size(); i++) {
            cuts.add(fields.name(i));
        }
    }

    private void error(Line line, IThrowableProxy error, Stacks.Seen seen, Cut cut, BatchBuffer out) {
        plain(out, prefix(line, Field.ERROR_TYPE), error.getClassName(), MAX_NAME);
        String message = error.getMessage();
        if (message != null) {
            masked(out, line, Field.ERROR_MESSAGE, message, Math.max(MAX_NAME, cut.value()));
        }
        plain(out, prefix(line, Field.ERROR_HASH), seen.hash(), MAX_NAME);
        if (seen.repeats() > 0) {
            out.append(prefix(line, Field.ERROR_REPEAT));
            JsonValues.number(out, seen.repeats());
        } else {
            stack(line, error, cut, out);
        }
    }

    private void stack(Line line, IThrowableProxy error, Cut cut, BatchBuffer out) {
        String text = StackText.of(error, masker::mask);
        if (!plain(out, prefix(line, Field.ERROR_STACK), text, cut.stack())) {
            cuts.add(nameOf(line, Field.ERROR_STACK));
        }
    }

    private void masked(BatchBuffer out, Line line, Field field, String text, int max) {
        out.append(prefix(line, field));
        if (!values.text(out, text, max)) {
            cuts.add(nameOf(line, field));
        }
    }

    private void tellCuts(Line line, BatchBuffer out) {
        if (cuts.isEmpty()) {
            return;
        }
        out.append(prefix(line, Field.TRUNCATED));
        int told = Math.min(cuts.size(), TOLD_CUTS);
        for (int i = 0; i < told; i++) {
            out.append(i == 0 ? new byte[] {'[', '"'} : new byte[] {',', '"'});
            JsonText.append(out, cuts.get(i), MAX_ID);
            out.write('"');
        }
        out.write(']');
    }

    /** One of few texts, which come again and again: they are encoded once. */
    private void few(BatchBuffer out, byte[] prefix, String text) {
        byte[] known = quoted.get(text);
        if (known == null) {
            BatchBuffer made = new BatchBuffer();
            plain(made, new byte[0], text, MAX_NAME);
            known = Arrays.copyOf(made.bytes, made.size);
            remember(quoted, text, known);
        }
        out.append(prefix);
        out.append(known);
    }

    private static boolean plain(BatchBuffer out, byte[] prefix, String text, int max) {
        out.append(prefix);
        out.write('"');
        boolean whole = JsonText.append(out, text, max);
        out.write('"');
        return whole;
    }

    private static byte[] prefix(Line line, Field field) {
        return line.common().schema().prefix(field);
    }

    private static String nameOf(Line line, Field field) {
        return line.common().schema().name(field);
    }

    private byte[] prefix(String name) {
        byte[] known = prefixes.get(name);
        if (known == null) {
            known = Schema.prefix(name);
            remember(prefixes, name, known);
        }
        return known;
    }

    /** Names made at run time, of threads for example, must not fill the memory. */
    private static void remember(Map<String, byte[]> known, String text, byte[] bytes) {
        if (known.size() == KNOWN) {
            known.clear();
        }
        known.put(text, bytes);
    }
}
