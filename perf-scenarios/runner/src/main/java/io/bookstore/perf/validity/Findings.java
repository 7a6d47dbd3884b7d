package io.bookstore.perf.validity;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ValidityFinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules that one run broke, each with its consequence for a run of this length. */
final class Findings {

    private static final Duration BRIEF = Duration.ofSeconds(30);

    private final RunResult result;
    private final Circumstances circumstances;
    private final Map<ValidityRule, List<ValidityFinding>> found = new EnumMap<>(ValidityRule.class);

    Findings(RunResult result, Circumstances circumstances) {
        this.result = result;
        this.circumstances = circumstances;
    }

    void add(ValidityRule rule, String format, @Nullable Object... figures) {
        add(rule, rule.consequence().invalid(isBrief(), circumstances.strict()), format, figures);
    }

    /** Returns whether the load was short by its plan or in fact; the plan of a busy machine takes longer than it says. */
    private boolean isBrief() {
        RunPlan plan = circumstances.plan();
        return result.run().duration().compareTo(BRIEF) < 0
                || plan != null && plan.duration().compareTo(BRIEF) < 0;
    }

    void add(ValidityRule rule, boolean invalid, String format, @Nullable Object... figures) {
        String sentence = figures.length == 0 ? format : String.format(Locale.ROOT, format, figures);
        found.computeIfAbsent(rule, unseen -> new ArrayList<>())
                .add(new ValidityFinding(rule.label(), invalid, sentence));
    }

    boolean has(ValidityRule rule) {
        return found.containsKey(rule);
    }

    /** All of them, in the order of {@link ValidityRule}. */
    List<ValidityFinding> list() {
        return found.values().stream().flatMap(List::stream).toList();
    }
}
