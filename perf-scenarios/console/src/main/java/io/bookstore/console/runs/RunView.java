package io.bookstore.console.runs;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.cli.capacity.CapacityJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API shows it.
 *
 * @param id        name of its folder below that of the reports
 * @param request   the request for it, without secrets
 * @param queuedMs  milliseconds since 1970; null for a run of the command line; the same for the others
 * @param startedMs null before its turn
 * @param endedMs   null until then, and for a run whose end nobody saw
 * @param exitCode  null until it has ended, and for a run that was never started
 * @param sentence  the answer of its result, or the reason why there is none; null until then
 * @param result    null if there is none
 * @param search    the answer of a search for the capacity; null for a run, and as long as there is none
 * @param gate      the verdict of a gate; null for a run, and as long as there is none
 * @param live      null unless it is going on in this console
 */
public record RunView(
        String id,
        RunRequest request,
        RunStatus status,
        @Nullable Long queuedMs,
        @Nullable Long startedMs,
        @Nullable Long endedMs,
        @Nullable Integer exitCode,
        @Nullable String sentence,
        @Nullable Result result,
        @Nullable CapacityJson search,
        @Nullable GateView gate,
        @Nullable Live live) {

    /** The time of its start, or of the request for it; 0 if neither is known. */
    long beginMs() {
        Long begin = startedMs == null ? queuedMs : startedMs;
        return begin == null ? 0 : begin;
    }

    /** Returns whether its own page shows the runs in its folder: the probes of a search, the sides of a gate. */
    boolean showsItsRuns() {
        return search != null || gate != null || (live != null && request.session() != null);
    }

    /**
     * The result in a few figures.
     *
     * @param verdict  the reason why the run ended as it did, in a few words
     * @param invalid  true if its figures must not be judged
     * @param figures  at most three, which the sentence is about
     * @param requests null if nothing was measured; the same for the others
     * @param failed   share of requests that failed
     * @param report   path of its report on this console; null if it has none
     */
    public record Result(
            boolean passed,
            boolean invalid,
            String verdict,
            List<Figure> figures,
            @Nullable Long requests,
            @Nullable Double p95Ms,
            @Nullable Double failed,
            @Nullable String report) {}

    /** A figure with its unit, as a person reads it. */
    public record Figure(String name, String text) {}

    /**
     * A run that is going on.
     *
     * @param phase    the thing that is done or waited for
     * @param cost     event {@code cost} of {@code llm-perf run --events}; null if the run costs nothing, or nobody knows yet
     * @param plan     event {@code plan}; null until then
     * @param figures  the newest event {@code figures} of the run, or of the probe; null until then
     * @param search   event {@code search} of {@code llm-perf capacity --events}; null for another
     * @param gate     event {@code gate} of {@code llm-perf gate --events}; null for another
     * @param points   all of these that are kept, the oldest first; null where only the newest is asked for
     * @param marks    the changes of its provider
     * @param log      the newest lines that the command has printed
     */
    public record Live(
            String phase,
            @Nullable JsonNode cost,
            @Nullable JsonNode plan,
            @Nullable JsonNode figures,
            @Nullable JsonNode search,
            @Nullable JsonNode gate,
            @Nullable List<JsonNode> points,
            List<Mark> marks,
            List<String> log) {}

    /** A change of the provider during the run. */
    public record Mark(double elapsedSeconds, String text) {}
}
