/**
 * Meters. {@link dev.chassis.metrics.Metrics} owns the Micrometer registry of a service; components bind their own meters to it, and the
 * admin port serves them at {@code /metrics}.
 *
 * <p>Every meter carries {@code service} and {@code version}. This package itself binds, at the first scrape, the meters of Micrometer's
 * binders for the JVM and the process:
 *
 * <table>
 * <caption>Meters of the JVM and the process, by their Prometheus names</caption>
 * <tr><th>names</th><th>what</th></tr>
 * <tr><td>{@code jvm_info}</td><td>version, vendor and runtime, as tags</td></tr>
 * <tr><td>{@code jvm_memory_*}, {@code jvm_buffer_*}</td><td>used, committed and greatest memory per pool</td></tr>
 * <tr><td>{@code jvm_gc_*}</td><td>pauses, allocated and promoted bytes, live data</td></tr>
 * <tr><td>{@code jvm_threads_*}</td><td>threads, in all and by state</td></tr>
 * <tr><td>{@code jvm_classes_*}</td><td>classes loaded and unloaded</td></tr>
 * <tr><td>{@code process_cpu_*}, {@code system_cpu_*}, {@code system_load_average_1m}</td><td>CPU used, of the process and the host</td></tr>
 * <tr><td>{@code process_uptime_seconds}, {@code process_start_time_seconds}</td><td>since when it runs</td></tr>
 * <tr><td>{@code process_files_*}</td><td>file descriptors, open and allowed</td></tr>
 * </table>
 */
@NullMarked
package dev.chassis.metrics;

import org.jspecify.annotations.NullMarked;
