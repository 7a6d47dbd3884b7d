package io.bookstore.perf.gate;

import java.util.ArrayList;
import java.util.List;

/** The order of the runs, by which a machine that slowly changes meets both sides alike. */
public enum GateOrder {

    /** The sides take turns in being the first: A B, B A. */
    IN_TURN("neither --control nor --baseline") {
        @Override
        List<GateRun> pair(int pair) {
            GateRun baseline = new GateRun(pair, Side.BASELINE, pair);
            GateRun candidate = new GateRun(pair, Side.CANDIDATE, pair);
            return pair % 2 == 1 ? List.of(baseline, candidate) : List.of(candidate, baseline);
        }
    },

    /** The same with one more run of the baseline at the end of each pair, for a comparison with itself: A B A, B A A. */
    WITH_CONTROL("--control") {
        @Override
        List<GateRun> pair(int pair) {
            GateRun baseline = new GateRun(pair, Side.BASELINE, 2 * pair - 1);
            GateRun candidate = new GateRun(pair, Side.CANDIDATE, pair);
            GateRun control = new GateRun(pair, Side.BASELINE, 2 * pair);
            return pair % 2 == 1 ? List.of(baseline, candidate, control) : List.of(candidate, baseline, control);
        }
    },

    /** The candidate alone, for a baseline that was run before. */
    CANDIDATE_ALONE("--baseline") {
        @Override
        List<GateRun> pair(int pair) {
            return List.of(new GateRun(pair, Side.CANDIDATE, pair));
        }
    },

    /** The baseline alone, for candidates that are run later. */
    BASELINE_ALONE("baseline record") {
        @Override
        List<GateRun> pair(int pair) {
            return List.of(new GateRun(pair, Side.BASELINE, pair));
        }
    };

    private final String options;

    GateOrder(String options) {
        this.options = options;
    }

    /** The options of {@code llm-perf gate} that ask for this order. */
    String options() {
        return options;
    }

    abstract List<GateRun> pair(int pair);

    /** All runs of so many pairs. */
    public List<GateRun> runs(int pairs) {
        List<GateRun> runs = new ArrayList<>();
        for (int pair = 1; pair <= pairs; pair++) {
            runs.addAll(pair(pair));
        }
        return List.copyOf(runs);
    }
}
