package io.bookstore.perf.verify;

import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.verify.ServiceFacts.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges what a service answered, and how a short run of it went. docs/verify.md lists the items. */
public final class Checklist {

    private Checklist() {}

    /**
     * The items in the order in which a reader goes on.
     *
     * @param run the summaries under the usual limits; null if there were none, because nothing answered
     */
    public static List<Item> of(ServiceFacts facts, @Nullable RunResult run) {
        ItemList items = new ItemList();
        AnswerItems answers = new AnswerItems(facts, items);
        RunItems runItems = new RunItems(facts, run, items);
        lookAtHealth(facts.health(), items);
        answers.lookAtForm();
        answers.lookAtUsage();
        runItems.lookAtCounts();
        runItems.lookAtCost();
        answers.lookAtTimes();
        new ErrorItems(facts, items).look();
        new StreamItems(facts, items).look();
        runItems.lookAtTraces();
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
