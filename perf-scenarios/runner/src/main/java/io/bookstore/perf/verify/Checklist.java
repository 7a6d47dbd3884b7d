package io.bookstore.perf.verify;

import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.verify.ServiceFacts.Response;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges what a service answered, and how a short run of it went. docs/verify.md lists the items. */
public final class Checklist {

    private Checklist() {}

    /**
     * The items in the order in which a reader goes on.
     *
     * @param run   the summaries under the usual limits; null if there were none, because nothing answered
     * @param today the day whose list prices hold
     */
    public static List<Item> of(
            ServiceFacts facts, @Nullable RunResult run, ServiceTelemetry telemetry, LocalDate today) {
        ItemList items = new ItemList();
        AnswerItems answers = new AnswerItems(facts, items);
        RunItems runItems = new RunItems(facts, run, items);
        lookAtHealth(facts.health(), items);
        answers.lookAtForm();
        answers.lookAtUsage();
        runItems.lookAtCounts();
        runItems.lookAtCost();
        new PriceItem(facts, today, items).look();
        answers.lookAtTimes();
        new ErrorItems(facts, items).look();
        new IdempotencyItems(facts, items).look();
        new StreamItems(facts, telemetry.cancelled(), items).look();
        runItems.lookAtTraces();
        new SpanItems(telemetry.calls(), items).look();
        new MetricItems(facts, telemetry, items).look();
        runItems.lookAtLimits();
        return items.all();
    }

    private static void lookAtHealth(Response health, ItemList items) {
        String rule = "The service answers, and says that it is ready";
        if (health.status() == 200) {
            items.pass("health", rule, "HTTP 200 in " + ItemList.ms(health.durationMs()));
        } else if (health.status() == 0) {
            items.fail("health", rule, "no answer", "Start it, and look at baseUrl or --base-url.");
        } else {
            items.fail("health", rule, "HTTP " + health.status(), "Name its health in the descriptor: health.path.");
        }
    }
}
