package io.bookstore.perf.report;

import io.bookstore.perf.answer.Section.Band;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.facts.RunFacts.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The phases of a run for its charts: those that its script names, or else the steps and stages of its plan. */
final class Phases {

    private static final int FEWEST = 2;

    private Phases() {}

    /** In seconds from the begin of the charts; empty for a run of one phase. */
    static List<Band> of(RunResult result) {
        List<Band> bands = new ArrayList<>(LimitsAnswer.of(result).bands());
        if (bands.isEmpty()) {
            bands.addAll(planned(result.run().loads()));
        }
        if (bands.size() < FEWEST) {
            return List.of();
        }
        double begin = result.series().loadBeginsSeconds();
        return bands.stream()
                .map(band ->
                        new Band(band.label(), band.startSeconds() + begin, band.endSeconds() + begin, band.tone()))
                .toList();
    }

    private static List<Band> planned(List<Load> loads) {
        List<Load> ordered =
                loads.stream().sorted(Comparator.comparing(Load::start)).toList();
        return ordered.size() == 1 ? stages(ordered.get(0)) : oneAfterTheOther(ordered) ? steps(ordered) : List.of();
    }

    private static boolean oneAfterTheOther(List<Load> loads) {
        for (int index = 1; index < loads.size(); index++) {
            Load before = loads.get(index - 1);
            if (loads.get(index).start().compareTo(before.start().plus(before.duration())) < 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Band> steps(List<Load> loads) {
        return loads.stream()
                .map(load -> band(load.name().replace('_', ' '), load.start(), load.duration()))
                .toList();
    }

    private static List<Band> stages(Load load) {
        List<Band> bands = new ArrayList<>();
        Duration start = load.start();
        int before = -1;
        for (Load.Stage stage : load.stages()) {
            bands.add(band((stage.target() == before ? "at " : "to ") + stage.target(), start, stage.duration()));
            start = start.plus(stage.duration());
            before = stage.target();
        }
        return bands;
    }

    private static Band band(String label, Duration start, Duration length) {
        double from = start.toMillis() / 1000.0;
        return new Band(label, from, from + length.toMillis() / 1000.0, "");
    }
}
