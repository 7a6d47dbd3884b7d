package io.bookstore.perf.record;

import io.bookstore.perf.record.Parts.Part;
import io.bookstore.perf.record.RequestRecord.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arithmetic that takes an end-to-end time apart. */
final class Decomposition {

    private Decomposition() {}

    /**
     * Takes the time of a request apart.
     *
     * @param transportMs end-to-end time less what the answer's {@code Server-Timing} told; null if it told nothing
     * @param spans       null if no span of the trace came
     */
    static Parts of(
            Kind kind, double endToEndMs, @Nullable Double transportMs, @Nullable TraceSpans spans, ModelCalls calls) {
        TraceSpans.Server server = spans == null ? null : spans.server();
        Double network = server == null ? transportMs : Double.valueOf(endToEndMs - server.millis());
        Double queue = server == null ? null : server.queueMs();
        boolean callsModels = kind == Kind.LLM || calls.attempts().size() > 0;
        Double outside = callsModels ? calls.wholeMs() : Double.valueOf(0);
        Double application = network == null || outside == null
                ? null
                : Double.valueOf(endToEndMs - network - outside - (queue == null ? 0 : queue));
        Double backoff = callsModels ? calls.backoffMs() : null;
        Double provider = callsModels ? calls.providerMs() : null;

        List<Part> unknown = new ArrayList<>();
        addIfNull(unknown, Part.NETWORK, network);
        addIfNull(unknown, Part.APPLICATION, application);
        if (callsModels) {
            addIfNull(unknown, Part.QUEUE, queue);
            addIfNull(unknown, Part.BACKOFF, backoff);
            addIfNull(unknown, Part.PROVIDER, provider);
        }
        double disagree = calls.disagreeMs();
        for (Double part : new Double[] {network, application, backoff}) {
            disagree = part == null ? disagree : Math.max(disagree, -part);
        }
        return new Parts(
                Micros.rounded(network),
                Micros.rounded(queue),
                Micros.rounded(application),
                Micros.rounded(backoff),
                Micros.rounded(provider),
                unknown.stream().sorted().toList(),
                disagree < Micros.SMALLEST_MS ? null : Micros.rounded(disagree));
    }

    private static void addIfNull(List<Part> unknown, Part part, @Nullable Double value) {
        if (value == null) {
            unknown.add(part);
        }
    }
}
