package io.bookstore.perf.verify;

import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.perf.results.ValidityFinding;
import io.bookstore.perf.validity.ValidityRule;
import io.bookstore.perf.verify.Item.State;
import io.bookstore.perf.verify.ServiceFacts.Response;
import io.bookstore.perf.verify.ServiceFacts.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges what a service answered, and how a short run of it went. docs/verify.md lists the items. */
public final class Checklist {

    private static final double FEWEST_CHARACTERS_A_TOKEN = 1;
    private static final double MOST_CHARACTERS_A_TOKEN = 12;

    /** Below, the words of an answer say little about its tokens. */
    private static final int SHORTEST_TEXT = 40;

    private static final double CLOCK_MS = 5;

    /** A stream that comes at once, at its very end, was collected on the way. */
    private static final double COLLECTED = 0.9;

    private static final double SHORTEST_STREAM_MS = 500;

    private final ServiceFacts facts;
    private final @Nullable RunResult run;
    private final List<Item> items = new ArrayList<>();

    private Checklist(ServiceFacts facts, @Nullable RunResult run) {
        this.facts = facts;
        this.run = run;
    }

    /**
     * The items in the order in which a reader goes on.
     *
     * @param run the summaries under the usual limits; null if there were none, because nothing answered
     */
    public static List<Item> of(ServiceFacts facts, @Nullable RunResult run) {
        Checklist list = new Checklist(facts, run);
        list.lookAtHealth();
        list.lookAtAnswers();
        list.lookAtUsage();
        list.lookAtTimes();
        list.lookAtErrors();
        list.lookAtStream();
        list.lookAtTraces();
        list.lookAtLimits();
        return List.copyOf(list.items);
    }

    private void lookAtHealth() {
        Response health = facts.health();
        String rule = "The service answers, and says that it is ready";
        if (health.status() == 200) {
            pass("health", rule, "HTTP 200 in " + ms(health.durationMs()));
        } else if (health.status() == 0) {
            fail("health", rule, "no answer", "Start it, and look at baseUrl or --base-url.");
        } else {
            fail("health", rule, "HTTP " + health.status(), "Name its health in the descriptor: health.path.");
        }
    }

    private void lookAtAnswers() {
        judgeAnswers(
                "status",
                "A request to the model is answered with 200",
                answer -> answer.status() == 200 ? null : "HTTP " + answer.status() + ": " + answer.excerpt(),
                "Look at path, headers and body of the operation in the descriptor, and at the service's log.");
        judgeAnswers(
                "json",
                "An answer is JSON, and says so",
                answer -> {
                    if (!answer.json()) {
                        return html(answer) ? "HTML in place of JSON" : "no JSON: " + answer.excerpt();
                    }
                    return answer.contentType().contains("json") ? null : "Content-Type " + shown(answer.contentType());
                },
                "An HTML page comes from a proxy or a login; else have the service send application/json.");
        judgeAnswers(
                "hidden-error",
                "An answer with 200 has no error inside",
                answer ->
                        answer.status() == 200 && answer.error() ? "an error with HTTP 200: " + answer.excerpt() : null,
                "Have the service answer an error with its status: clients and load tests count 200 as good.");
        judgeAnswers(
                "text",
                "An answer has a text where the descriptor says",
                answer -> answer.textLength() > 0 ? null : "no text in " + answer.excerpt(),
                "Correct the path answer.text of the descriptor.");
    }

    private void lookAtUsage() {
        judgeFigures(
                "usage",
                "An answer tells its tokens",
                List.of("inputTokens", "outputTokens"),
                answer -> missing(answer, "inputTokens", "outputTokens"),
                "Correct answer.inputTokens and answer.outputTokens, or have the service tell them: nothing is billed else.");
        judgeFigures(
                "usage-plausible",
                "Output tokens fit the text",
                List.of("outputTokens"),
                Checklist::implausibleTokens,
                "The figure may be that of another call, of a sum, or of words: compare it with the provider's usage.");
        countedOnce();
        lookAtCost();
    }

    private void countedOnce() {
        String rule = "Tokens and money are counted once, by answers, metrics and provider alike";
        CrossCheck check = run == null ? null : run.crossCheck();
        if (run == null || check == null || check.serviceUsage() == null && check.simulatorUsage() == null) {
            unknown(
                    "counted-once",
                    rule,
                    "neither metrics of the service nor a simulator's journal could be read",
                    "Load the service with the simulator as its provider: the journal has the truth.");
        } else if (run.wrongUsage().isEmpty()) {
            pass("counted-once", rule, String.format(Locale.ROOT, "%,d answers agree", check.engine()));
        } else {
            fail(
                    "counted-once",
                    rule,
                    String.join(" ", run.wrongUsage()),
                    "Count the usage of each call once: a wrapped client, or a retry, may count it again.");
        }
    }

    private void lookAtCost() {
        String rule = "An answer of a model with a list price tells a cost";
        Optional<ValidityFinding> free = finding(ValidityRule.FREE_ANSWERS);
        boolean told = facts.answers().stream().anyMatch(answer -> positive(answer.figure("costUsd")));
        if (free.isPresent()) {
            fail("cost", rule, free.get().sentence(), "Let the service tell the cost of each answer.");
        } else if (told) {
            pass("cost", rule, "each answer tells its dollars");
        } else {
            unknown(
                    "cost",
                    rule,
                    "no answer tells a cost",
                    "Name its place in the descriptor, answer.costUsd, if the service tells it.");
        }
    }

    private void lookAtTimes() {
        judgeFigures(
                "times",
                "Times that an answer tells fit into the time that it took",
                List.of("providerMs", "timeToFirstTokenMs"),
                Checklist::impossibleTimes,
                "Times must be milliseconds, of this call alone: a sum over retries, or seconds, is none.");
    }

    private void lookAtErrors() {
        Response unknownPath = facts.unknownPath();
        String rule = "A path that does not exist is answered with 404";
        String remedy = "A gateway that answers everything with 200, or a login page, hides mistakes in addresses.";
        if (unknownPath == null) {
            unknown("unknown-path", rule, "not asked, for there was nothing to ask about", facts.items());
        } else if (unknownPath.status() == 404) {
            pass("unknown-path", rule, "HTTP 404");
        } else {
            fail("unknown-path", rule, "HTTP " + unknownPath.status(), remedy);
        }
        lookAtMalformedBody();
        lookAtErrorFormat();
    }

    private void lookAtMalformedBody() {
        Response answer = facts.malformed();
        String rule = "A body that is no JSON is the caller's error: 400 or 422";
        if (answer == null) {
            unknown("malformed-body", rule, "the operation has no body, or was not asked", "");
        } else if (answer.status() == 400 || answer.status() == 422) {
            pass("malformed-body", rule, "HTTP " + answer.status());
        } else {
            fail(
                    "malformed-body",
                    rule,
                    "HTTP " + answer.status(),
                    answer.status() >= 500
                            ? "Callers retry a 5xx: have the service refuse the body with 400."
                            : "Have the service check the body before it asks the model: the request may have cost money.");
        }
    }

    private void lookAtErrorFormat() {
        String rule = "An error is told as JSON";
        List<Response> errors = java.util.stream.Stream.of(facts.unknownPath(), facts.malformed())
                .filter(Objects::nonNull)
                .filter(answer -> answer.status() >= 400)
                .toList();
        Optional<Response> other =
                errors.stream().filter(answer -> !answer.json()).findFirst();
        if (errors.isEmpty()) {
            unknown("error-format", rule, "no error was answered", "");
        } else if (other.isEmpty()) {
            pass("error-format", rule, errors.size() + " errors are JSON");
        } else {
            fail(
                    "error-format",
                    rule,
                    "HTTP " + other.get().status() + " with "
                            + (html(other.get()) ? "HTML" : shown(other.get().contentType())),
                    "Answer errors as the API does, best as a problem document (RFC 9457).");
        }
    }

    private void lookAtStream() {
        Stream stream = facts.stream();
        String rule = "A stream comes to its end";
        String pieces = "A stream comes in pieces, while the model writes";
        if (stream == null || stream.problem() != null) {
            String reason = stream == null
                    ? "the descriptor has no operation with \"stream\""
                    : Objects.requireNonNull(stream.problem());
            unknown("stream", rule, reason, "Describe it as operations.streamedSummary if the service has one.");
            unknown("stream-pieces", pieces, reason, "");
            return;
        }
        if (stream.status() != 200) {
            fail(
                    "stream",
                    rule,
                    "HTTP " + stream.status() + ": " + stream.excerpt(),
                    "Look at the operation's path and headers.");
        } else if (stream.whole()) {
            pass("stream", rule, stream.pieces() + " pieces in " + ms(stream.durationMs()));
        } else {
            fail(
                    "stream",
                    rule,
                    stream.pieces() + " pieces, and no end" + (stream.excerpt() == null ? "" : " " + stream.excerpt()),
                    "Send the event that \"end\" of the descriptor names, or correct it: a client cannot tell a cut stream else.");
        }
        lookAtPieces(stream, pieces);
    }

    private void lookAtPieces(Stream stream, String rule) {
        Double first = stream.firstMs();
        if (first == null) {
            fail("stream-pieces", rule, "no piece has a text", "Correct \"text\" of the stream in the descriptor.");
        } else if (stream.pieces() < 2 || stream.durationMs() < SHORTEST_STREAM_MS) {
            unknown(
                    "stream-pieces",
                    rule,
                    stream.pieces() + " pieces in " + ms(stream.durationMs()) + " are too few to tell",
                    "");
        } else if (first > COLLECTED * stream.durationMs()) {
            fail(
                    "stream-pieces",
                    rule,
                    "the first of " + stream.pieces() + " pieces came after " + ms(first) + " of "
                            + ms(stream.durationMs()),
                    "Something collects the stream on its way: a proxy's buffer, compression, or a client that waits for all.");
        } else {
            pass("stream-pieces", rule, "the first after " + ms(first) + ", the last after " + ms(stream.lastMs()));
        }
    }

    private void lookAtTraces() {
        String rule = "The service carries on the trace of a request";
        Optional<ValidityFinding> lost = finding(ValidityRule.LOST_TRACES);
        boolean joined = run != null
                && run.slowest().stream().map(RequestRecord::parts).anyMatch(parts -> parts.applicationMs() != null);
        String noSpans = "no spans came";
        String remedy = "Give --otlp-port, and let the service export its spans there, by OTLP over HTTP.";
        if (lost.isPresent()) {
            fail("trace-context", rule, lost.get().sentence(), "Read traceparent (W3C), and pass it on.");
        } else if (joined) {
            pass("trace-context", rule, "spans came under the ids of their requests");
        } else {
            unknown("trace-context", rule, noSpans, remedy);
        }
        String kind = "A call to a provider is a span of the kind CLIENT";
        Optional<ValidityFinding> internal = finding(ValidityRule.INTERNAL_SPANS);
        if (internal.isPresent()) {
            fail("span-kind", kind, internal.get().sentence(), "Start the spans of calls as CLIENT.");
        } else if (joined) {
            pass("span-kind", kind, "none is INTERNAL");
        } else {
            unknown("span-kind", kind, noSpans, remedy);
        }
    }

    private void lookAtLimits() {
        String rule = "A few summaries hold the usual limits";
        if (run == null || run.thresholds().stream().allMatch(ThresholdResult::unmeasured)) {
            unknown("limits", rule, "nothing was measured", "");
            return;
        }
        List<ThresholdResult> crossed = run.crossed();
        if (crossed.isEmpty()) {
            pass("limits", rule, run.thresholds().size() + " limits hold");
        } else {
            fail(
                    "limits",
                    rule,
                    crossed.stream().map(ThresholdResult::sentence).collect(Collectors.joining("; ")),
                    "Look at the report of the run, or give limits of your own with -e, such as LLM_P95_MS=20000.");
        }
    }

    private Optional<ValidityFinding> finding(ValidityRule rule) {
        return run == null
                ? Optional.empty()
                : run.findings().stream()
                        .filter(finding -> finding.rule().equals(rule.label()))
                        .findFirst();
    }

    /** Says what is wrong with an answer; null for nothing. */
    @FunctionalInterface
    private interface Judge {
        @Nullable
        String wrong(Response answer);
    }

    private void judgeAnswers(String name, String rule, Judge judge, String remedy) {
        judge(name, rule, facts.answers(), judge, remedy, noAnswers());
    }

    /** Judges good answers by figures, of which the descriptor must name at least one. */
    private void judgeFigures(String name, String rule, List<String> figures, Judge judge, String remedy) {
        if (figures.stream().noneMatch(facts.described()::contains)) {
            String places = figures.stream().map(figure -> "answer." + figure).collect(Collectors.joining(" and no "));
            unknown(name, rule, "the descriptor has no " + places, "Name their places if the service tells them.");
            return;
        }
        List<Response> good = facts.answers().stream()
                .filter(answer -> answer.status() == 200)
                .toList();
        judge(name, rule, good, judge, remedy, "there is no good answer");
    }

    private void judge(
            String name, String rule, List<Response> answers, Judge judge, String remedy, String withoutAny) {
        if (answers.isEmpty()) {
            unknown(name, rule, withoutAny, "");
            return;
        }
        List<String> wrong = answers.stream()
                .map(judge::wrong)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        if (wrong.isEmpty()) {
            pass(name, rule, answers.size() + " of " + answers.size() + " answers");
        } else {
            fail(name, rule, wrong.size() + " of " + answers.size() + " answers: " + wrong.get(0), remedy);
        }
    }

    private String noAnswers() {
        return facts.items().isEmpty() ? "the target has no operation that answers at once" : facts.items();
    }

    private static @Nullable String missing(Response answer, String... figures) {
        List<String> missing = java.util.stream.Stream.of(figures)
                .filter(figure -> !positive(answer.figure(figure)))
                .toList();
        return missing.isEmpty() ? null : "no " + String.join(" and no ", missing);
    }

    private static @Nullable String implausibleTokens(Response answer) {
        Double tokens = answer.figure("outputTokens");
        if (tokens == null || tokens <= 0 || answer.textLength() < SHORTEST_TEXT) {
            return null;
        }
        double characters = answer.textLength() / tokens;
        return characters >= FEWEST_CHARACTERS_A_TOKEN && characters <= MOST_CHARACTERS_A_TOKEN
                ? null
                : String.format(
                        Locale.ROOT,
                        "%,.0f tokens for a text of %,d characters, %.2f characters a token",
                        tokens,
                        answer.textLength(),
                        characters);
    }

    private static @Nullable String impossibleTimes(Response answer) {
        Double provider = answer.figure("providerMs");
        Double first = answer.figure("timeToFirstTokenMs");
        if (provider != null && provider > answer.durationMs() + CLOCK_MS) {
            return "provider " + ms(provider) + " of " + ms(answer.durationMs());
        }
        double whole = provider == null ? answer.durationMs() : provider;
        return first != null && first > whole + CLOCK_MS ? "first token after " + ms(first) + " of " + ms(whole) : null;
    }

    private static boolean positive(@Nullable Double value) {
        return value != null && value > 0;
    }

    private static boolean html(Response answer) {
        return answer.contentType().contains("html")
                || answer.excerpt().toLowerCase(Locale.ROOT).startsWith("<!doctype html")
                || answer.excerpt().toLowerCase(Locale.ROOT).startsWith("<html");
    }

    private static String shown(String contentType) {
        return contentType.isEmpty() ? "no Content-Type" : contentType;
    }

    private static String ms(@Nullable Double value) {
        return value == null ? "?" : String.format(Locale.ROOT, "%,.0f ms", value);
    }

    private void pass(String name, String rule, String evidence) {
        items.add(new Item(name, rule, State.PASS, evidence, ""));
    }

    private void fail(String name, String rule, String evidence, String remedy) {
        items.add(new Item(name, rule, State.FAIL, evidence, remedy));
    }

    private void unknown(String name, String rule, String evidence, String remedy) {
        items.add(new Item(name, rule, State.UNKNOWN, evidence, remedy));
    }
}
