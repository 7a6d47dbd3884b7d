package io.bookstore.simulator.fault;

import io.bookstore.simulator.draw.Draw;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes wrong, when, and how often: the first rule that strikes wins. */
public record FaultPlan(List<FaultRule> rules) {

    /** Nothing goes wrong. */
    public static final FaultPlan NONE = new FaultPlan(List.of());

    public FaultPlan {
        rules = List.copyOf(rules);
    }

    /**
     * The fault of one attempt.
     *
     * @param elapsed since the plan was made
     * @param draw    gives one number for each rule, so the window of one never shifts the chances of another
     */
    public @Nullable Fault fault(Duration elapsed, Draw draw) {
        Fault struck = null;
        for (FaultRule rule : rules) {
            boolean happens = draw.happens(rule.probability());
            if (struck == null && happens && rule.covers(elapsed)) {
                struck = rule.fault();
            }
        }
        return struck;
    }
}
