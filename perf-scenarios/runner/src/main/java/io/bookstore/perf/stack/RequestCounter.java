package io.bookstore.perf.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bookstore.perf.results.UsageTotals;
import io.bookstore.perf.results.UsageTotals.Total;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts summary requests, tokens and money by what service and simulator say before and after a run. */
public final class RequestCounter {

    static final String CALLS = "gen_ai_client_operation_duration_seconds_count";
    static final String COST_USD = "llm_cost_usd_total";
    private static final String TOKENS = "llm_tokens_total";
    private static final String TOKEN_TYPE = "gen_ai_token_type";
    private static final String REQUESTS = "http_server_request_duration_seconds_count";
    private static final String LATENESS = "llm_simulator_chunk_lateness_seconds_";

    private final ServiceClient client;
    private final URI baseUrl;
    private final @Nullable URI simulator;
    private final Reading before;

    private RequestCounter(ServiceClient client, URI baseUrl, @Nullable URI simulator) throws InterruptedException {
        this.client = client;
        this.baseUrl = baseUrl;
        this.simulator = simulator;
        this.before = read();
    }

    static RequestCounter start(ServiceClient client, URI baseUrl, @Nullable URI simulator)
            throws InterruptedException {
        return new RequestCounter(client, baseUrl, simulator);
    }

    /** Returns what has been counted since the start. */
    public Difference difference() throws InterruptedException {
        Reading after = read();
        Long attempts = whole(journalled(after, "count"));
        // The journal's medians cover all of it, so they speak of this run only if it was empty before.
        JsonNode firstCount = before.journal.path("count");
        boolean onlyThisRun = firstCount.isNumber() && firstCount.asLong() == 0;
        JsonNode median = after.journal.path("medianActualDurationMs");
        return new Difference(
                whole(served(after, RequestCounter::summaries)),
                attempts,
                onlyThisRun && median.isNumber() ? median.asDouble() : null,
                usageOfService(after),
                usageOfSimulator(after),
                lateness(after));
    }

    private Reading read() throws InterruptedException {
        return new Reading(
                page(baseUrl.resolve("/metrics")),
                simulator == null
                        ? MissingNode.getInstance()
                        : client.json(simulator.resolve("/admin/journal/summary")),
                simulator == null ? null : page(simulator.resolve("/metrics")));
    }

    private @Nullable MetricsPage page(URI uri) throws InterruptedException {
        return client.text(uri).map(MetricsPage::new).orElse(null);
    }

    /** The requests whose route is that of a summary, by whatever label the service tells it. */
    private static @Nullable Double summaries(MetricsPage page) {
        return page.sum(
                REQUESTS, labels -> labels.values().stream().anyMatch(value -> value.contains("/generate-summary")));
    }

    private @Nullable UsageTotals usageOfService(Reading after) {
        Double calls = served(after, page -> page.sum(CALLS));
        if (calls == null) {
            return null;
        }
        UsageTotals totals = new UsageTotals(
                total(calls, served(after, page -> page.sum(TOKENS, TOKEN_TYPE, "input")), 0),
                total(calls, served(after, page -> page.sum(TOKENS, TOKEN_TYPE, "output")), 0),
                total(calls, served(after, page -> page.sum(COST_USD)), 0));
        return totals.equals(UsageTotals.UNKNOWN) ? null : totals;
    }

    private @Nullable UsageTotals usageOfSimulator(Reading after) {
        Double attempts = journalled(after, "billed", "attempts");
        Double cached = journalled(after, "billed", "cachedTokens");
        return attempts == null
                ? null
                : new UsageTotals(
                        total(attempts, journalled(after, "billed", "inputTokens"), cached == null ? 0 : cached),
                        total(attempts, journalled(after, "billed", "outputTokens"), 0),
                        null);
    }

    private static @Nullable Total total(double calls, @Nullable Double amount, double cached) {
        return amount == null ? null : new Total(Math.round(calls), amount, cached);
    }

    private @Nullable Lateness lateness(Reading after) {
        Double chunks = difference(before.simulator, after.simulator, page -> page.sum(LATENESS + "count"));
        Double inTime =
                difference(before.simulator, after.simulator, page -> page.sum(LATENESS + "bucket", "le", "0.25"));
        return chunks == null || inTime == null ? null : new Lateness(Math.round(chunks), Math.round(chunks - inTime));
    }

    /** The growth of a figure of the service. */
    private @Nullable Double served(Reading after, Function<MetricsPage, @Nullable Double> figure) {
        return difference(before.service, after.service, figure);
    }

    /** A service that has not served a summary yet has no such series, which is a true 0. */
    private static @Nullable Double difference(
            @Nullable MetricsPage before, @Nullable MetricsPage after, Function<MetricsPage, @Nullable Double> figure) {
        Double last = after == null ? null : figure.apply(after);
        Double first = before == null ? null : figure.apply(before);
        return last == null ? null : grown(first == null ? 0 : first, last);
    }

    private @Nullable Double journalled(Reading after, String... path) {
        JsonNode first = before.journal;
        JsonNode last = after.journal;
        for (String name : path) {
            first = first.path(name);
            last = last.path(name);
        }
        return first.isNumber() && last.isNumber() ? grown(first.asDouble(), last.asDouble()) : null;
    }

    /** The growth; null if it fell, for then it was cleared in between, or another instance answered. */
    private static @Nullable Double grown(double before, double after) {
        return after < before ? null : (Double) (after - before);
    }

    private static @Nullable Long whole(@Nullable Double number) {
        return number == null ? null : (Long) Math.round(number);
    }

    /** The pages of both parties at one moment. */
    private record Reading(
            @Nullable MetricsPage service,
            JsonNode journal,
            @Nullable MetricsPage simulator) {}

    /**
     * @param serviceRequests   requests to the summary route; null if the service does not say
     * @param simulatorAttempts attempts in the simulator's journal; null if there is none
     * @param simulatorMedianMs median of an attempt; null if unknown or not of this run alone
     * @param serviceUsage      tokens and cost of the service's calls; null if the service does not say
     * @param simulatorUsage    tokens of chats in the simulator's journal; null if there is none
     * @param lateness          punctuality of the simulator; null if there is none
     */
    public record Difference(
            @Nullable Long serviceRequests,
            @Nullable Long simulatorAttempts,
            @Nullable Double simulatorMedianMs,
            @Nullable UsageTotals serviceUsage,
            @Nullable UsageTotals simulatorUsage,
            @Nullable Lateness lateness) {}

    /**
     * Chunks of the simulator's answers.
     *
     * @param late those that it sent more than 250 ms after they were due
     */
    public record Lateness(long chunks, long late) {}
}
