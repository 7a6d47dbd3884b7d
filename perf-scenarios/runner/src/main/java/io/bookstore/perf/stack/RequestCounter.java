package io.bookstore.perf.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Counts summary requests by what service and simulator say before and after a run. */
public final class RequestCounter {

    private static final Pattern summaryRequests = Pattern.compile(
            "(?m)^http_server_request_duration_seconds_count\\{[^}]*http_route=\"[^\"]*generate-summary\"[^}]*}\\s+(\\S+)");

    private final ServiceClient client;
    private final URI baseUrl;
    private final @Nullable URI simulator;
    private final @Nullable Long serviceBefore;
    private final @Nullable Long simulatorBefore;

    private RequestCounter(ServiceClient client, URI baseUrl, @Nullable URI simulator) throws InterruptedException {
        this.client = client;
        this.baseUrl = baseUrl;
        this.simulator = simulator;
        this.serviceBefore = serviceCount();
        this.simulatorBefore = longOf(journal(), "count");
    }

    static RequestCounter start(ServiceClient client, URI baseUrl, @Nullable URI simulator)
            throws InterruptedException {
        return new RequestCounter(client, baseUrl, simulator);
    }

    /** Returns what has been counted since the start. */
    public Difference difference() throws InterruptedException {
        JsonNode journal = journal();
        Long simulatorCount = difference(longOf(journal, "count"), simulatorBefore);
        // The journal's medians cover all of it, so they speak of this run only if it was empty before.
        boolean onlyThisRun = simulatorBefore != null && simulatorBefore == 0;
        return new Difference(
                // A service that has not served a summary yet has no such series.
                difference(serviceCount(), serviceBefore == null ? 0L : serviceBefore),
                simulatorCount,
                onlyThisRun ? doubleOf(journal, "medianActualDurationMs") : null);
    }

    private @Nullable Long serviceCount() throws InterruptedException {
        Optional<String> metrics = client.text(baseUrl.resolve("/metrics"));
        Matcher line = summaryRequests.matcher(metrics.orElse(""));
        Double sum = null;
        while (line.find()) {
            sum = (sum == null ? 0 : sum) + Double.parseDouble(line.group(1));
        }
        return sum == null ? null : Math.round(sum);
    }

    private @Nullable JsonNode journal() throws InterruptedException {
        return simulator == null ? null : client.json(simulator.resolve("/admin/journal/summary"));
    }

    private static @Nullable Long longOf(@Nullable JsonNode node, String name) {
        return node == null || !node.path(name).isNumber()
                ? null
                : node.path(name).asLong();
    }

    private static @Nullable Double doubleOf(@Nullable JsonNode node, String name) {
        return node == null || !node.path(name).isNumber()
                ? null
                : node.path(name).asDouble();
    }

    private static @Nullable Long difference(@Nullable Long after, @Nullable Long before) {
        return after == null || before == null ? null : after - before;
    }

    /**
     * @param serviceRequests   requests to the summary route; null if the service does not say
     * @param simulatorAttempts attempts in the simulator's journal; null if there is none
     * @param simulatorMedianMs median of an attempt; null if unknown or not of this run alone
     */
    public record Difference(
            @Nullable Long serviceRequests,
            @Nullable Long simulatorAttempts,
            @Nullable Double simulatorMedianMs) {}
}
