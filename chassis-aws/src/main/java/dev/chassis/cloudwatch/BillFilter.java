package dev.chassis.cloudwatch;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets few meters pass, with few tags, because CloudWatch charges for each combination. Timers and summaries that differ in nothing else are
 * added up; other meters keep their tags, because two gauges cannot be added up. The task is no tag: its metrics would be paid for anew with
 * every deployment.
 *
 * <p>Immutable.
 */
record BillFilter(List<String> include, List<String> tags, String service, String environment) implements MeterFilter {

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
