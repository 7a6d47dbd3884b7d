package io.bookstore.perf.report;

import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.record.Parts.Part;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.facts.RunFacts;
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
import java.util.stream.Stream;
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
        if (crossCheck().unexplained()) {
            notes.add(new Note(
                    "warn",
                    "The engine, the service and the simulator did not count the same number of LLM requests;"
                            + " see Cross-check."));
        }
        return notes;
    }

    /** The headline figures. */
    public List<Card> cards() {
        return Card.of(result);
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

    /** Null if no request went to a model, or nobody tells of any money. */
    public @Nullable MoneySection money() {
        Money money = rejudged == null ? result.money() : rejudged.money();
        MoneySection section = money == null ? null : MoneySection.of(money);
        return section == null || section.empty() ? null : section;
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

    /** The parts that at least one of the slowest requests tells. */
    public List<Part> slowestParts() {
        return Stream.of(Part.values())
                .filter(part -> result.slowest().stream().anyMatch(request -> part.of(request.parts()) != null))
                .toList();
    }

    public CrossCheckSection crossCheck() {
        return new CrossCheckSection(result);
    }

    public Charts charts() {
        return new Charts(result);
    }

    /** Everything needed to run this again. */
    public List<Fact> facts() {
        return Fact.of(result, startedAt());
    }

    /** @param tone {@code bad}, {@code warn} or {@code info} */
    public record Note(String tone, String text) {}
}
