package io.bookstore.perf.run;

import io.bookstore.perf.record.CallSpan;
import io.bookstore.perf.record.SpanReceiver;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The way of a service's spans into the records of a run. */
final class SpanSource {

    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    private SpanSource() {}

    /**
     * Starts a receiver where there is somebody to send: a running service on the port that the user named, or a service that
     * is started and has no collector of the user's.
     *
     * @param environment of this process, which a started service inherits
     * @param calls       gets each span of a call to a model
     * @return null if there is nobody
     */
    static @Nullable SpanReceiver open(
            RunOrder.Service service, Map<String, String> environment, Consumer<CallSpan> calls) {
        if (service.otlpPort() != null) {
            return SpanReceiver.start(service.otlpPort(), calls);
        }
        boolean hasCollector = hasCollector(environment) || hasCollector(service.env());
        return service.baseUrl() == null && !hasCollector ? SpanReceiver.start(0, calls) : null;
    }

    private static boolean hasCollector(Map<String, String> variables) {
        return variables.containsKey(ENDPOINT) || variables.containsKey(TRACES_ENDPOINT);
    }

    /** The variables of a started service: those of the order, and where its spans go. */
    static Map<String, String> serviceEnv(Map<String, String> ordered, @Nullable SpanReceiver receiver) {
        if (receiver == null) {
            return ordered;
        }
        Map<String, String> variables = new TreeMap<>(ordered);
        variables.put(ENDPOINT, receiver.endpoint());
        variables.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        // The default of 5 s would hold up the end of every run by as much.
        variables.putIfAbsent("OTEL_BSP_SCHEDULE_DELAY", "500");
        // A machine under load answers late; the 2 s of the service would lose a batch.
        variables.putIfAbsent("OTEL_EXPORTER_OTLP_TIMEOUT", "10000");
        return variables;
    }
}
