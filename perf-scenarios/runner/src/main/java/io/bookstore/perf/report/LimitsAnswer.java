package io.bookstore.perf.report;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.Quantity;
import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.answer.Answer.Figure;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.MainMetrics;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.perf.results.TrendStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The answer of a run whose script gives none: how it stands against its limits, and the figures that are asked for first. */
public final class LimitsAnswer {

    private static final Map<String, String> subjects = Map.of(
            MetricNames.LLM_RESPONSE_TIME, "summaries",
            MetricNames.LLM_ERRORS, "summaries",
            MetricNames.CRUD_RESPONSE_TIME, "plain requests",
            MetricNames.CRUD_ERRORS, "plain requests",
            MetricNames.HTTP_REQ_DURATION, "requests",
            MetricNames.HTTP_REQ_FAILED, "requests");

    private final RunResult result;
    private final String time;
    private final String errors;

    private LimitsAnswer(RunResult result) {
        this.result = result;
        this.time = MainMetrics.of(result).time();
        this.errors = MainMetrics.of(result).errors();
    }

    /** The answer that the result has, or the one made here. */
    public static Answer of(RunResult result) {
        Answer said = result.answer();
        return said == null ? made(result) : said;
    }

    /** The answer made here, whether the result has one or not. */
    public static Answer made(RunResult result) {
        LimitsAnswer answer = new LimitsAnswer(result);
        return Answer.of(answer.sentence(), answer.figures());
    }

    private String sentence() {
        String problem = result.verdict().problem();
        int exitCode = result.verdict().exitCode();
        if (exitCode == ExitCode.INVALID.value()) {
            return "Not a valid measurement: its figures must not be judged.";
        }
        if (exitCode == ExitCode.WRONG_USAGE.value()) {
            return "Tokens or cost do not add up: the answers told other figures than others counted.";
        }
        if (!result.crossed().isEmpty()) {
            return crossed();
        }
        if (!result.verdict().passed()) {
            return problem == null ? "Gave no verdict: " + result.verdict().reason() + "." : problem;
        }
        String figures = String.join(", ", measured());
        return limits() + (figures.isEmpty() ? "." : ": " + figures + ".");
    }

    private String limits() {
        int all = result.thresholds().size();
        long measured = result.thresholds().stream()
                .filter(threshold -> !threshold.unmeasured())
                .count();
        if (all == 0) {
            return "Has no limits";
        }
        return measured == all
                ? "Holds its limits"
                : String.format(
                        Locale.ROOT,
                        measured == 1
                                ? "Holds the %d of its %d limits that was measured"
                                : "Holds the %d of its %d limits that were measured",
                        measured,
                        all);
    }

    private List<String> measured() {
        List<String> parts = new ArrayList<>();
        result.count(MetricNames.HTTP_REQS)
                .ifPresent(all -> parts.add(String.format(
                        Locale.ROOT,
                        "%,d %s",
                        requests(all),
                        time.equals(MetricNames.HTTP_REQ_DURATION)
                                ? "requests"
                                : Objects.requireNonNull(subjects.get(time)))));
        result.trend(time)
                .map(TrendStatistics::p95)
                .ifPresent(p95 -> parts.add("p95 " + Quantity.milliseconds(p95) + limit(time, "p(95)")));
        result.rate(errors).ifPresent(rate -> parts.add(Quantity.percent(rate.rate()) + " failed"));
        result.count(MetricNames.LLM_COST_USD).ifPresent(cost -> parts.add(Quantity.usd(cost)));
        return parts;
    }

    /** Requests of the kind that the sentence is about. */
    private long requests(double all) {
        return result.rate(errors).map(MetricSummary.Rate::total).orElse(Math.round(all));
    }

    private String limit(String metric, String aggregation) {
        return result.thresholds().stream()
                .filter(threshold -> threshold.metric().equals(metric)
                        && threshold.aggregation().equals(aggregation))
                .findFirst()
                .map(threshold -> " (limit " + limit(threshold) + ")")
                .orElse("");
    }

    private static String limit(ThresholdResult threshold) {
        String sign = threshold.operator().startsWith("<") ? "" : threshold.operator() + " ";
        return sign + Quantity.exact(value(threshold, threshold.limit()));
    }

    private static String value(ThresholdResult threshold, double value) {
        return threshold.aggregation().equals("rate")
                ? Quantity.percent(value)
                : Quantity.of(value, threshold.contains());
    }

    /** The limit that was passed by most, as a share of it; one without such a share comes last. */
    private String crossed() {
        ThresholdResult worst = result.crossed().stream()
                .min(Comparator.comparingDouble(
                        threshold -> Optional.ofNullable(threshold.margin()).orElse(0.0)))
                .orElseThrow();
        int others = result.crossed().size() - 1;
        String more = others == 0 ? "" : others == 1 ? ", and 1 other limit" : ", and " + others + " other limits";
        return "Crosses " + (others == 0 ? "a limit: " : "its limits: ") + stated(worst) + more + ".";
    }

    private static String stated(ThresholdResult threshold) {
        String plain = threshold.metric().replaceFirst("\\{.*", "");
        String part = threshold.metric().substring(plain.length());
        String subject = subjects.getOrDefault(plain, plain) + (part.isEmpty() ? "" : " " + part);
        Double actual = threshold.actual();
        if (actual == null) {
            return threshold.aggregation() + " of " + subject + " was not measured, limit " + limit(threshold);
        }
        boolean failures = threshold.aggregation().equals("rate") && subjects.containsKey(plain);
        return failures
                ? "%s of %s failed, limit %s".formatted(value(threshold, actual), subject, limit(threshold))
                : "%s of %s is %s, limit %s"
                        .formatted(
                                threshold.aggregation().replaceAll("[()]", ""),
                                subject,
                                value(threshold, actual),
                                limit(threshold));
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        result.trend(time).ifPresent(values -> figures.add(new Figure("p95", values.p95(), "ms")));
        result.rate(errors).ifPresent(rate -> figures.add(new Figure("failed", 100 * rate.rate(), "%")));
        result.count(MetricNames.LLM_COST_USD)
                .ifPresentOrElse(
                        cost -> figures.add(new Figure("cost", cost, "USD")),
                        () -> result.count(MetricNames.HTTP_REQS)
                                .ifPresent(all -> figures.add(new Figure("requests", all, ""))));
        return figures;
    }
}
