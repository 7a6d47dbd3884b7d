package io.bookstore.perf.report;

import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.LlmResult;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TrendStatistics;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import io.bookstore.perf.slo.Goodput;
import io.bookstore.perf.slo.Money;
import io.bookstore.perf.slo.Rejudged;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A result in the words and the order of the report; the templates only place it. */
public final class ReportPage {

    private static final DateTimeFormatter date = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final RunResult result;
    private final RunFacts run;
    private final @Nullable Comparison compared;
    private final @Nullable Rejudged rejudged;

    ReportPage(RunResult result, @Nullable Comparison compared, @Nullable Rejudged rejudged) {
        this.result = result;
        this.compared = compared;
        this.rejudged = rejudged;
        this.run = result.run();
    }

    public RunResult result() {
        return result;
    }

    /** The comparison with a baseline; null without one. */
    public @Nullable Comparison compared() {
        return compared;
    }

    /** The run in the words of its scenario, or of its limits. */
    public Answer answer() {
        return LimitsAnswer.of(result);
    }

    /** The service under load: by its descriptor, or else by its address. */
    public String target() {
        String descriptor = run.env().get("TARGET");
        if (descriptor != null && !descriptor.isEmpty()) {
            return descriptor.replaceFirst(".*[/\\\\]", "").replaceFirst("\\.ya?ml$", "");
        }
        String authority = run.target().baseUrl().getAuthority();
        return run.target().startedForTheRun() || authority == null ? "BookStore API" : authority;
    }

    public boolean passed() {
        return result.verdict().passed();
    }

    public String verdict() {
        return passed() ? "Passed" : result.verdict().invalid() ? "Invalid" : "Failed";
    }

    /** The verdict as the style sheet names it. */
    public String tone() {
        return passed() ? "passed" : result.verdict().invalid() ? "invalid" : "failed";
    }

    /** The sign beside the verdict. */
    public String sign() {
        return passed() ? "✓" : result.verdict().invalid() ? "!" : "✗";
    }

    /** The grounds of the verdict, in one line. */
    public String verdictDetail() {
        int all = result.thresholds().size();
        String thresholds = all == 0 ? "no thresholds" : result.thresholdsInWords();
        return passed()
                ? thresholds
                : "%s (exit code %d), %s"
                        .formatted(result.verdict().reason(), result.verdict().exitCode(), thresholds);
    }

    public String startedAt() {
        return date.format(run.startedAt());
    }

    /** The kind of load, for the line under the title. */
    public String load() {
        if (run.loads().isEmpty()) {
            return "load unknown";
        }
        RunFacts.Load first = run.loads().get(0);
        String kind = run.loads().stream().anyMatch(RunFacts.Load::openLoop) ? "open loop" : "closed loop";
        int peak = peak(first.openLoop());
        return peak == 0
                ? kind
                : kind + ", up to %d %s".formatted(peak, first.openLoop() ? "arrivals a minute" : "users");
    }

    /** Adds up loads that begin together, for they go on beside each other. */
    private int peak(boolean openLoop) {
        Map<Duration, Integer> peaks = run.loads().stream()
                .filter(load -> load.openLoop() == openLoop)
                .collect(Collectors.toMap(RunFacts.Load::start, RunFacts.Load::peak, Integer::sum));
        return peaks.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Warnings that a reader needs before believing any figure. */
    public List<Note> notes() {
        List<Note> notes = new ArrayList<>();
        result.problems().forEach(problem -> notes.add(new Note("bad", problem)));
        String leftOut = answer().note();
        if (leftOut != null) {
            notes.add(new Note("warn", leftOut));
        }
        if (result.verdict().partial()) {
            notes.add(new Note("warn", "The run did not go to its end: the figures describe a part of the plan."));
        }
        if (!run.fullLength()) {
            notes.add(new Note(
                    "warn",
                    "DURATION_SCALE=" + run.durationScale()
                            + ": every stage and think time was multiplied by this factor, arrival rates were not."
                            + " A quick look, not a measurement of the full scenario."));
        }
        if (Boolean.TRUE.equals(run.target().simulated())) {
            notes.add(new Note(
                    "info",
                    "A simulator stood in for the LLM provider: its latencies, tokens and prices are modelled,"
                            + " and nothing was charged."));
        }
        result.remarks().forEach(remark -> notes.add(new Note("warn", remark)));
        if (result.crossCheck() != null && !countsAgree() && !attemptsDiffer()) {
            notes.add(new Note(
                    "warn",
                    "The engine, the service and the simulator did not count the same number of LLM requests;"
                            + " see Cross-check."));
        }
        return notes;
    }

    /** The outcome of the cross-check, to go on after a comma. */
    public String crossCheckVerdict() {
        if (!result.wrongUsage().isEmpty()) {
            return "; their tokens or cost do not agree.";
        }
        if (countsAgree()) {
            return ": they agree.";
        }
        return attemptsDiffer()
                ? ": engine and service agree; the simulator counts attempts, and the service repeated some requests"
                        + " or did not pass them on."
                : "; they do not agree.";
    }

    /** Tokens and cost as each party adds them up; empty if only the answers tell any. */
    public List<UsageRow> usage() {
        CrossCheck counts = result.crossCheck();
        if (counts == null || (counts.serviceUsage() == null && counts.simulatorUsage() == null)) {
            return List.of();
        }
        List<UsageRow> rows = new ArrayList<>();
        rows.add(UsageRow.of("Answers", result.evidence().told()));
        if (counts.serviceUsage() != null) {
            rows.add(UsageRow.of("Service, from /metrics", counts.serviceUsage()));
        }
        if (counts.simulatorUsage() != null) {
            rows.add(UsageRow.of("Simulator's journal", counts.simulatorUsage()));
        }
        return rows;
    }

    private boolean countsAgree() {
        CrossCheck counts = result.crossCheck();
        return counts != null && counts.agree();
    }

    /** A service that fails, retries or refuses makes more or fewer attempts than it gets requests, and that is no riddle. */
    private boolean attemptsDiffer() {
        CrossCheck counts = result.crossCheck();
        boolean served = counts != null && (counts.service() == null || counts.service() == counts.engine());
        double retries = result.count(MetricNames.LLM_RETRIES).orElse(0.0);
        long failures = result.rate(MetricNames.LLM_ERRORS)
                .map(MetricSummary.Rate::nonZero)
                .orElse(0L);
        return served && retries + failures > 0;
    }

    /** The headline figures. */
    public List<Card> cards() {
        List<Card> cards = new ArrayList<>();
        result.metric(MetricNames.HTTP_REQS)
                .map(MetricSummary.Counter.class::cast)
                .ifPresent(requests -> cards.add(new Card(
                        "Requests",
                        Quantity.count(requests.count()),
                        Quantity.count(requests.ratePerSecond()) + " per second")));
        result.llm().ifPresentOrElse(llm -> addLlmCards(llm, cards), () -> addHttpCards(cards));
        return cards;
    }

    private void addLlmCards(LlmResult llm, List<Card> cards) {
        TrendStatistics response = llm.responseMs();
        if (response != null) {
            cards.add(new Card(
                    "LLM response, p95",
                    Quantity.milliseconds(response.p95()),
                    "median " + Quantity.milliseconds(response.med())));
        }
        TrendStatistics ttft = llm.ttftMs();
        if (ttft != null) {
            cards.add(new Card(
                    "Time to first token, p95",
                    Quantity.milliseconds(ttft.p95()),
                    "median " + Quantity.milliseconds(ttft.med())));
        }
        MetricSummary.Rate errors = llm.errors();
        if (errors != null) {
            cards.add(new Card(
                    "LLM errors",
                    Quantity.percent(errors.rate()),
                    Quantity.count(errors.nonZero()) + " of " + Quantity.count(errors.total())));
        }
        if (llm.costUsd() != null) {
            cards.add(new Card(
                    "Cost",
                    Quantity.usd(llm.costUsd()),
                    Quantity.usd(llm.costPerThousandUsd()) + " per 1000 operations"));
        }
    }

    private void addHttpCards(List<Card> cards) {
        result.trend(MetricNames.HTTP_REQ_DURATION)
                .ifPresent(duration -> cards.add(new Card(
                        "Request duration, p95",
                        Quantity.milliseconds(duration.p95()),
                        "median " + Quantity.milliseconds(duration.med()))));
        result.rate(MetricNames.HTTP_REQ_FAILED)
                .ifPresent(failed -> cards.add(new Card(
                        "Failed requests",
                        Quantity.percent(failed.rate()),
                        Quantity.count(failed.nonZero()) + " of " + Quantity.count(failed.total()))));
    }

    public List<ThresholdRow> thresholds() {
        return result.thresholds().stream().map(ThresholdRow::of).toList();
    }

    /** Null if no request was scheduled that has a limit. */
    public @Nullable GoodputSection goodput() {
        Goodput own = result.goodput();
        if (rejudged != null) {
            return GoodputSection.of(rejudged, own);
        }
        return own == null ? null : GoodputSection.of(own);
    }

    /** Null if no request went to a model. */
    public @Nullable MoneySection money() {
        Money money = rejudged == null ? result.money() : rejudged.money();
        return money == null ? null : MoneySection.of(money);
    }

    /** Every time distribution, the ones a reader came for first. */
    public List<LatencyRow> latencies() {
        List<LatencyRow> rows = new ArrayList<>();
        for (String metric : LatencyRow.FIRST) {
            result.trend(metric).ifPresent(values -> rows.add(new LatencyRow(metric, values)));
        }
        result.metrics().stream()
                .filter(MetricSummary.Trend.class::isInstance)
                .map(MetricSummary.Trend.class::cast)
                .filter(trend -> trend.contains().equals("time"))
                .filter(trend -> rows.stream().noneMatch(row -> row.metric().equals(trend.name())))
                .filter(trend -> !trend.name().startsWith("http_req_"))
                .forEach(trend -> rows.add(new LatencyRow(trend.name(), trend.statistics())));
        return rows;
    }

    /** The slowest requests of the run, the slowest first. */
    public List<SlowRequest> slowest() {
        return result.slowest().stream()
                .map(request -> new SlowRequest(
                        request,
                        run.startedAt(),
                        result.slowest().get(0).timing().endToEndMs()))
                .toList();
    }

    public Charts charts() {
        return new Charts(result);
    }

    /** Everything needed to run this again. */
    public List<Fact> facts() {
        TargetFacts target = run.target();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Scenario", run.scenario() + " (" + run.script() + ")"));
        facts.add(new Fact(
                "Load",
                run.loads().isEmpty()
                        ? Quantity.NONE
                        : run.loads().stream()
                                .map(load -> "%s: %s, %s, %s"
                                        .formatted(
                                                load.name(),
                                                load.executor(),
                                                load.openLoop() ? "open loop" : "closed loop",
                                                Quantity.duration(load.duration())))
                                .collect(Collectors.joining("; "))));
        facts.add(new Fact("Engine", run.engine()));
        facts.add(new Fact("Started", startedAt()));
        facts.add(new Fact("Duration", Quantity.duration(run.duration())));
        facts.add(new Fact("DURATION_SCALE", run.durationScale()));
        facts.add(new Fact(
                "Service",
                target.baseUrl() + (target.startedForTheRun() ? ", started for this run" : ", was already running")));
        if (target.provider() != null) {
            facts.add(new Fact(
                    "LLM provider",
                    target.provider() + (Boolean.TRUE.equals(target.simulated()) ? ", simulated" : "")));
        }
        if (target.database() != null) {
            facts.add(new Fact("Database", target.database()));
        }
        facts.add(new Fact(
                "Load machine",
                "%s, %d processors, %,d MiB"
                        .formatted(
                                run.machine().os(),
                                run.machine().processors(),
                                run.machine().memoryMib())));
        if (run.generator() != null) {
            facts.add(new Fact("Load generator", run.generator().sentence()));
        }
        facts.add(new Fact("JDK", run.machine().jdk()));
        facts.add(new Fact("Kit", run.machine().kitVersion()));
        facts.add(new Fact(
                "Variables",
                run.env().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("  "))));
        return facts;
    }

    /** @param tone {@code bad}, {@code warn} or {@code info} */
    public record Note(String tone, String text) {}

    public record Card(String label, String value, String detail) {}

    public record Fact(String term, String value) {}
}
