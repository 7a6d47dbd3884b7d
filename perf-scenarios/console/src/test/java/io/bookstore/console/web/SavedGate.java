package io.bookstore.console.web;

import io.bookstore.perf.cli.compare.CompareJson;
import io.bookstore.perf.cli.gate.GateJson;
import io.bookstore.perf.cli.terminal.Json;
import io.bookstore.perf.compare.CompareRules;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.run.SavedRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A gate of six pairs as the command line has left it: its runs, and the verdict that {@code llm-perf compare} has for them. */
final class SavedGate {

    /** Noise of a quiet machine, in milliseconds. */
    private static final double[] NOISE = {1, -3, 2, 4, -2, -1, 3, -4, 2, 0, -2, 1};

    private SavedGate() {}

    /**
     * Writes it.
     *
     * @param candidateMs median response time of the candidate; that of the baseline is 800 ms
     */
    static void write(Path folder, double candidateMs) throws IOException {
        List<GateJson.OfRun> runs = new ArrayList<>();
        for (int pair = 1; pair <= 6; pair++) {
            runs.add(run(folder, "baseline", pair, 800));
            runs.add(run(folder, "candidate", pair, candidateMs));
        }
        Comparison comparison = Comparison.of(
                SavedRuns.in(folder.resolve("baseline")),
                SavedRuns.in(folder.resolve("candidate")),
                CompareRules.DEFAULT);
        GateJson gate = new GateJson(1, "ai-smoke", 6, runs, CompareJson.of(comparison, false));
        Files.writeString(folder.resolve(GateJson.NAME), Json.of(gate));
    }

    private static GateJson.OfRun run(Path folder, String side, int pair, double ms) throws IOException {
        int minute = 2 * pair + (side.equals("candidate") ? 1 : 0);
        double p50Ms = ms + NOISE[minute % NOISE.length];
        String own = side + "/" + pair;
        SavedRun.write(folder.resolve(own), "ai-smoke", minute, p50Ms);
        return new GateJson.OfRun(pair, side, p50Ms, 2 * p50Ms, 600L, 0.0, own);
    }
}
