package io.bookstore.perf.metrics;

import java.util.List;
import java.util.Optional;

/** The metrics k6 brings along. */
public final class BuiltInMetrics {
    public static final Metric VUS = plain("vus", MetricType.GAUGE);
    public static final Metric VUS_MAX = plain("vus_max", MetricType.GAUGE);
    public static final Metric ITERATIONS = plain("iterations", MetricType.COUNTER);
    public static final Metric ITERATION_DURATION = time("iteration_duration");
    public static final Metric DROPPED_ITERATIONS = plain("dropped_iterations", MetricType.COUNTER);
    public static final Metric DATA_SENT = new Metric("data_sent", MetricType.COUNTER, "data");
    public static final Metric DATA_RECEIVED = new Metric("data_received", MetricType.COUNTER, "data");
    public static final Metric CHECKS = plain("checks", MetricType.RATE);
    public static final Metric GROUP_DURATION = time("group_duration");
    public static final Metric HTTP_REQS = plain("http_reqs", MetricType.COUNTER);
    public static final Metric HTTP_REQ_DURATION = time("http_req_duration");
    public static final Metric HTTP_REQ_BLOCKED = time("http_req_blocked");
    public static final Metric HTTP_REQ_CONNECTING = time("http_req_connecting");
    public static final Metric HTTP_REQ_TLS_HANDSHAKING = time("http_req_tls_handshaking");
    public static final Metric HTTP_REQ_SENDING = time("http_req_sending");
    public static final Metric HTTP_REQ_WAITING = time("http_req_waiting");
    public static final Metric HTTP_REQ_RECEIVING = time("http_req_receiving");
    public static final Metric HTTP_REQ_FAILED = plain("http_req_failed", MetricType.RATE);

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
