package io.bookstore.perf.metrics;

import java.util.List;
import java.util.Optional;

/** The metrics k6 brings along. */
public final class BuiltInMetrics {
    public static final Metric VUS = plain(MetricNames.VUS, MetricType.GAUGE);
    public static final Metric VUS_MAX = plain(MetricNames.VUS_MAX, MetricType.GAUGE);
    public static final Metric ITERATIONS = plain(MetricNames.ITERATIONS, MetricType.COUNTER);
    public static final Metric ITERATION_DURATION = time(MetricNames.ITERATION_DURATION);
    public static final Metric DROPPED_ITERATIONS = plain(MetricNames.DROPPED_ITERATIONS, MetricType.COUNTER);
    public static final Metric DATA_SENT = new Metric(MetricNames.DATA_SENT, MetricType.COUNTER, "data");
    public static final Metric DATA_RECEIVED = new Metric(MetricNames.DATA_RECEIVED, MetricType.COUNTER, "data");
    public static final Metric CHECKS = plain(MetricNames.CHECKS, MetricType.RATE);
    public static final Metric GROUP_DURATION = time(MetricNames.GROUP_DURATION);
    public static final Metric HTTP_REQS = plain(MetricNames.HTTP_REQS, MetricType.COUNTER);
    public static final Metric HTTP_REQ_DURATION = time(MetricNames.HTTP_REQ_DURATION);
    public static final Metric HTTP_REQ_BLOCKED = time(MetricNames.HTTP_REQ_BLOCKED);
    public static final Metric HTTP_REQ_CONNECTING = time(MetricNames.HTTP_REQ_CONNECTING);
    public static final Metric HTTP_REQ_TLS_HANDSHAKING = time(MetricNames.HTTP_REQ_TLS_HANDSHAKING);
    public static final Metric HTTP_REQ_SENDING = time(MetricNames.HTTP_REQ_SENDING);
    public static final Metric HTTP_REQ_WAITING = time(MetricNames.HTTP_REQ_WAITING);
    public static final Metric HTTP_REQ_RECEIVING = time(MetricNames.HTTP_REQ_RECEIVING);
    public static final Metric HTTP_REQ_FAILED = plain(MetricNames.HTTP_REQ_FAILED, MetricType.RATE);

    /** Events of server-sent streams, as the extension {@code k6/x/sse} counts them; a k6 without it has no such metric. */
    public static final Metric SSE_EVENT = plain(MetricNames.SSE_EVENT, MetricType.COUNTER);

    public static final List<Metric> ALL = List.of(
            VUS,
            VUS_MAX,
            ITERATIONS,
            ITERATION_DURATION,
            DROPPED_ITERATIONS,
            DATA_SENT,
            DATA_RECEIVED,
            CHECKS,
            GROUP_DURATION,
            HTTP_REQS,
            HTTP_REQ_DURATION,
            HTTP_REQ_BLOCKED,
            HTTP_REQ_CONNECTING,
            HTTP_REQ_TLS_HANDSHAKING,
            HTTP_REQ_SENDING,
            HTTP_REQ_WAITING,
            HTTP_REQ_RECEIVING,
            HTTP_REQ_FAILED);

    private BuiltInMetrics() {}

    /** The metric of that name, if k6 brings it along. */
    public static Optional<Metric> find(String name) {
        return ALL.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    private static Metric plain(String name, MetricType type) {
        return new Metric(name, type, "default");
    }

    private static Metric time(String name) {
        return new Metric(name, MetricType.TREND, "time");
    }
}
