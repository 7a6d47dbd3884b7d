package io.bookstore.perf.slo;

import io.bookstore.perf.results.facts.RunFacts.Load;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A part of a plan in which every load stays as it is, in seconds from its begin. */
public record Plateau(double begin, double end) {

    /**
     * Returns the longest such part, the first of several; null if there is none. An executor that counts iterations has none, for
     * its users end one after the other at a time that no plan has.
     *
     * @param endSeconds the end of the run, beyond which the plan was not followed
     */
    public static @Nullable Plateau longest(List<Load> loads, double endSeconds) {
        TreeSet<Double> moments = new TreeSet<>();
        loads.forEach(load -> addMoments(load, moments));
        moments.removeIf(moment -> moment > endSeconds);
        moments.add(endSeconds);
        Plateau longest = null;
        double begin = 0;
        Map<String, Integer> before = Map.of();
        Double from = null;
        for (double to : moments) {
            if (from != null) {
                Map<String, Integer> targets = targets(loads, from, to);
                begin = targets.equals(before) ? begin : from;
                before = targets;
                Plateau part = new Plateau(begin, to);
                longest = !targets.isEmpty() && (longest == null || part.length() > longest.length()) ? part : longest;
            }
            from = to;
        }
        return longest;
    }

    private static void addMoments(Load load, TreeSet<Double> moments) {
        double at = seconds(load.start());
        moments.add(at);
        moments.add(at + seconds(load.duration()));
        for (Load.Stage stage : load.stages()) {
            at += seconds(stage.duration());
            moments.add(at);
        }
    }

    /** The target of each load at work between two moments without one between them; empty if one changes, or none works. */
    private static Map<String, Integer> targets(List<Load> loads, double from, double to) {
        double middle = (from + to) / 2;
        Map<String, Integer> targets = new HashMap<>();
        for (Load load : loads) {
            double start = seconds(load.start());
            if (middle > start && middle < start + seconds(load.duration())) {
                Integer target = target(load, middle - start);
                if (target == null) {
                    return Map.of();
                }
                if (target > 0) {
                    targets.put(load.name(), target);
                }
            }
        }
        return targets;
    }

    /** Null if the load changes at that moment. */
    private static @Nullable Integer target(Load load, double second) {
        if (load.stages().isEmpty()) {
            return load.executor().startsWith("constant-") ? load.peak() : null;
        }
        double end = 0;
        int before = -1;
        for (Load.Stage stage : load.stages()) {
            end += seconds(stage.duration());
            if (second < end) {
                return stage.target() == before ? (Integer) before : null;
            }
            before = stage.target();
        }
        return before;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    public double length() {
        return end - begin;
    }

    public boolean has(double second) {
        return second >= begin && second < end;
    }
}
