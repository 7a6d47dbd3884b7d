package io.bookstore.perf.report;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.LlmResult;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TrendStatistics;
import java.util.ArrayList;
import java.util.List;

/** A headline figure of the report. */
public record Card(String label, String value, String detail) {

    /** The figures that a reader looks for first. */
    static List<Card> of(RunResult result) {
        List<Card> cards = new ArrayList<>();
        result.metric(MetricNames.HTTP_REQS)
                .map(MetricSummary.Counter.class::cast)
                .ifPresent(requests -> cards.add(new Card(
                        "Requests",
                        Quantity.count(requests.count()),
                        Quantity.count(requests.ratePerSecond()) + " per second")));
        result.llm().ifPresentOrElse(llm -> addLlmCards(llm, cards), () -> addHttpCards(result, cards));
        return cards;
    }

    private static void addLlmCards(LlmResult llm, List<Card> cards) {
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
                    Quantity.usd(llm.costPerThousandUsd()) + " per 1,000 operations"));
        }
    }

    private static void addHttpCards(RunResult result, List<Card> cards) {
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
}
