package dev.chassis.metrics;

import dev.chassis.config.Checked;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets few meters pass, with few tags, for a {@link MeterSink} that charges for each combination, as CloudWatch does. Timers and summaries
 * that differ in nothing else are added up; other meters keep their tags, because two gauges cannot be added up. The task is no tag: its
 * metrics would be paid for anew with every deployment.
 *
 * <p>Immutable.
 *
 * @param include the beginnings of the names of the meters that pass
 * @param tags which tags of timers and summaries stay
 * @param service the tag {@code Service} of all of them
 * @param environment the tag {@code Environment} of all of them
 */
public record MeterSelection(List<String> include, List<String> tags, String service, String environment)
        implements MeterFilter {

    /** What the configuration says for a service. */
    public static MeterSelection of(MeterSelectionConfig config, String service) {
        return new MeterSelection(config.include(), config.tags(), service, config.environment());
    }

    /**
     * Tells of a namespace that CloudWatch would refuse.
     *
     * @param key its key
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html">what a namespace may be</a>
     */
    public static void checkNamespace(MeterSelectionConfig config, String key, Checked.Problems problems) {
        if (!config.namespace().orElse("none").matches("(?!AWS/|:)[ -~]{1,255}")) {
            problems.add(key, "at most 255 characters of ASCII that do not begin with AWS/");
        }
    }

    /** Takes copies of the lists. */
    public MeterSelection {
        include = List.copyOf(include);
        tags = List.copyOf(tags);
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return include.stream().anyMatch(id.getName()::startsWith) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        boolean adds = id.getType() == Meter.Type.TIMER || id.getType() == Meter.Type.DISTRIBUTION_SUMMARY;
        List<Tag> kept = new ArrayList<>();
        kept.add(Tag.of("Service", service));
        kept.add(Tag.of("Environment", environment));
        for (Tag tag : id.getTags()) {
            if (!adds || tags.contains(tag.getKey())) {
                kept.add(tag);
            }
        }
        return id.replaceTags(kept);
    }
}
