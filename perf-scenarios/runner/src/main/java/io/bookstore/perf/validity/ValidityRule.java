package io.bookstore.perf.validity;

import java.util.Locale;

/**
 * The rules of a valid measurement; docs/verdict.md lists them from here. Their margins are wide: a run that breaks one is
 * spoilt, and a run that breaks none may still be a noisy one.
 */
public enum ValidityRule {
    GENERATOR_LOAD(
            Consequence.INVALID_UNLESS_SHORT,
            "the load generator kept 90 % of all processors busy, or a third of them while all were 90 % busy",
            "as `compare` has it"),
    LATE_ARRIVALS(
            Consequence.INVALID_UNLESS_SHORT,
            "of at least 20 arrivals 5 % started more than 250 ms late, and later than a tenth of the median request",
            "a late start is in no latency, for k6 measures from the actual one"),
    SLOW_CONNECTIONS(
            Consequence.INVALID_UNLESS_SHORT,
            "of at least 20 requests 5 % waited more than 250 ms for a connection, and longer than a tenth of the median request",
            "`http_req_duration` begins when there is one"),
    DROPPED_ARRIVALS(
            Consequence.INVALID,
            "5 % of the arrivals found no free virtual user, and no limit is about `dropped_iterations`",
            "those that would have waited longest are in no figure"),
    LITTLES_LAW(
            Consequence.INVALID,
            "in a closed loop, iterations account for 25 % fewer or more virtual users than were at work, and the last iteration"
                    + " of each explains less",
            "J. Little, A proof for the queuing formula L = λW, 1961"),
    LOST_ANSWERS(
            Consequence.INVALID,
            "a service started for the run counted more summary requests than the engine, by more than its virtual users and"
                    + " 1 %; a note for a service that others may use too",
            "each virtual user may be cut off once, at the end"),
    SIMULATOR_LATENESS(
            Consequence.INVALID_UNLESS_SHORT,
            "the simulator sent 5 % of at least 100 chunks more than 250 ms late",
            "half of its time to first token, `sonnet-class`"),
    CLOCK(
            Consequence.INVALID,
            "the wall clock, which samples carry, and the monotonic one differ by 2 s and 0.1 % of the run",
            "NTP slews by 0.05 %; more is a step, or a machine that slept"),
    CACHED_ANSWERS(
            Consequence.INVALID,
            "half of at least 20 answers came from a cache, and `SUMMARY_CACHE` is not `use`",
            "the figures are then the cache's, not the model's"),
    REPEATED_INPUTS(
            Consequence.INVALID,
            "more than half of at least 20 answers repeat an input, and a cache gave them: the simulator saw calls for fewer than"
                    + " half, or repeats took less than a fifth of a first answer's time; a note where nothing tells; never with"
                    + " `SUMMARY_CACHE=use`",
            "a cache that does not tell of itself answers in milliseconds"),
    FEW_SAMPLES(
            Consequence.INVALID_IF_STRICT,
            "a limit is on a percentile with fewer than ten samples beyond it: 200 for p95, 1,000 for p99",
            "as `compare` has it"),
    DRIFT(
            Consequence.INVALID_IF_STRICT,
            "the median of the last third of the longest steady stage is 1.5 times that of the first third, or the other way"
                    + " round; the stage lasts 60 s, and each third has 20 requests",
            "the limit of `soak`"),
    LOST_TRACES(
            Consequence.INVALID_IF_STRICT,
            "none of at least 10 good answers has a span, or an attempt in the provider's journal, under its trace id, and half of"
                    + " them have one of the same time under another",
            "the parts of a time cannot be joined then"),
    INTERNAL_SPANS(
            Consequence.INVALID_IF_STRICT,
            "spans of calls to a provider have the kind INTERNAL",
            "OpenTelemetry's conventions for generative AI demand CLIENT"),
    CROWDED_TRACES(
            Consequence.INVALID_IF_STRICT,
            "a trace has more than 1,000 calls to a model, attempts at a provider, or requests of an HTTP client",
            "the record of a request has the first 1,000 of each: more would fill the memory"),
    FREE_ANSWERS(
            Consequence.INVALID_IF_STRICT,
            "answers used tokens and told a cost of 0 or none, and the price list has their model",
            "money and goodput would count them as free");

    private final Consequence consequence;
    private final String brokenWhen;
    private final String source;

    ValidityRule(Consequence consequence, String brokenWhen, String source) {
        this.consequence = consequence;
        this.brokenWhen = brokenWhen;
        this.source = source;
    }

    /** The consequence for the run that broke a rule. */
    public enum Consequence {
        INVALID("INVALID"),
        /** INVALID, but for a short run: the first seconds of a JVM are no fault of the machine. */
        INVALID_UNLESS_SHORT("INVALID; below 30 s a note, unless `--strict`"),
        INVALID_IF_STRICT("note, INVALID with `--strict`");

        private final String label;

        Consequence(String label) {
            this.label = label;
        }

        /** The words that the documentation has for it. */
        public String label() {
            return label;
        }

        boolean invalid(boolean brief, boolean strict) {
            return switch (this) {
                case INVALID -> true;
                case INVALID_UNLESS_SHORT -> strict || !brief;
                case INVALID_IF_STRICT -> strict;
            };
        }
    }

    /** The name in {@code summary.json}: {@code generator-load}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The consequence for the run. */
    public Consequence consequence() {
        return consequence;
    }

    /** The condition under which a run breaks it, with its thresholds. */
    public String brokenWhen() {
        return brokenWhen;
    }

    /** The reason for the rule, or the place where its thresholds come from. */
    public String source() {
        return source;
    }
}
