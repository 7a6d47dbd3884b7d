package io.bookstore.simulator.fault;

import io.bookstore.simulator.draw.Draw;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules by which requests go wrong. The first rule that strikes a request wins. */
public record FaultPlan(List<FaultRule> rules) {

    /** The plan without a fault. */
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
