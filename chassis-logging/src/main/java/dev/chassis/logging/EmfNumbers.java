package dev.chassis.logging;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * The numbers of meters, under the names and in the units that Micrometer's registry for CloudWatch gives them, so that a service can
 * change between the two. Stateless.
 */
final class EmfNumbers {

    private static final String COUNT = "Count";
    private static final String TIME = "Milliseconds";
    private static final TimeUnit MILLIS = TimeUnit.MILLISECONDS;

    private EmfNumbers() {}

    /** Those of a meter that can be told. */
    static List<EmfMetric> of(Meter meter) {
        List<EmfMetric> all = meter.match(
                gauge -> List.of(ofBase(meter, "value", gauge.value())),
                counter -> List.of(of(meter, "count", COUNT, counter.count())),
                EmfNumbers::timer,
                EmfNumbers::summary,
                EmfNumbers::longTasks,
                gauge -> List.of(of(meter, "value", TIME, gauge.value(MILLIS))),
                counter -> List.of(of(meter, "count", COUNT, counter.count())),
                EmfNumbers::functionTimer,
                EmfNumbers::other);
        return all.stream().filter(EmfMetric::isTellable).toList();
    }

    /** The mean and the longest of nothing are not 0. */
    private static List<EmfMetric> timer(Timer timer) {
        List<EmfMetric> all = new ArrayList<>();
        long count = timer.count();
        all.add(of(timer, "sum", TIME, timer.totalTime(MILLIS)));
        all.add(of(timer, "count", COUNT, count));
        if (count > 0) {
            all.add(of(timer, "avg", TIME, timer.mean(MILLIS)));
            all.add(of(timer, "max", TIME, timer.max(MILLIS)));
        }
        return all;
    }

    private static List<EmfMetric> summary(DistributionSummary summary) {
        List<EmfMetric> all = new ArrayList<>();
        long count = summary.count();
        all.add(ofBase(summary, "sum", summary.totalAmount()));
        all.add(of(summary, "count", COUNT, count));
        if (count > 0) {
            all.add(ofBase(summary, "avg", summary.mean()));
            all.add(ofBase(summary, "max", summary.max()));
        }
        return all;
    }

    private static List<EmfMetric> longTasks(LongTaskTimer timer) {
        return List.of(
                of(timer, "activeTasks", TIME, timer.activeTasks()), // as it is told by calls
                of(timer, "duration", TIME, timer.duration(MILLIS)));
    }

    private static List<EmfMetric> functionTimer(FunctionTimer timer) {
        List<EmfMetric> all = new ArrayList<>();
        all.add(of(timer, "count", COUNT, timer.count()));
        all.add(of(timer, "sum", TIME, timer.totalTime(MILLIS)));
        if (timer.count() > 0) {
            all.add(of(timer, "avg", TIME, timer.mean(MILLIS)));
        }
        return all;
    }

    private static List<EmfMetric> other(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .map(measured -> EmfMetric.of(
                        meter.getId().getName(),
                        meter.getId().withTag(measured.getStatistic()).getTags(),
                        EmfMetric.unit(meter.getId().getBaseUnit()),
                        measured.getValue()))
                .toList();
    }

    private static EmfMetric ofBase(Meter meter, String statistic, double value) {
        return of(meter, statistic, EmfMetric.unit(meter.getId().getBaseUnit()), value);
    }

    private static EmfMetric of(Meter meter, String statistic, String unit, double value) {
        return EmfMetric.of(meter.getId(), statistic, unit, value);
    }
}
