package io.bookstore.perf.cli.gate;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.compare.CompareJson;
import io.bookstore.perf.cli.compare.RunFigures;
import io.bookstore.perf.cli.terminal.AnswerFile;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.gate.GateRun;
import io.bookstore.perf.gate.GateSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A gate that has its verdict, as {@code gate.json} has it; unknown members are absent.
 *
 * @param pairsWanted pairs that were to be made; runs that must not be compared end a gate before
 * @param comparison  as {@code --json} prints it
 */
public record GateJson(int schemaVersion, String scenario, int pairsWanted, List<OfRun> runs, CompareJson comparison) {

    public static final String NAME = "gate.json";

    private static final int VERSION = 1;

    /**
     * A run.
     *
     * @param side   {@code baseline} or {@code candidate}
     * @param p50Ms  median of its response times; null with the others if no request was measured
     * @param folder its folder in that of the gate, such as {@code baseline/1}
     */
    public record OfRun(
            int pair,
            String side,
            @Nullable Double p50Ms,
            @Nullable Double p95Ms,
            @Nullable Long requests,
            @Nullable Double failed,
            String folder) {}

    /**
     * Reads the verdict of a gate; empty if the folder has none.
     *
     * @throws PerfException if it is none that {@code llm-perf gate} wrote
     */
    public static Optional<GateJson> in(Path folder) {
        return AnswerFile.read(folder.resolve(NAME), GateJson.class, GateJson::whole, "gate");
    }

    private boolean whole() {
        return schemaVersion == VERSION
                && Stream.of(scenario, runs, comparison).allMatch(Objects::nonNull)
                && runs.stream().allMatch(Objects::nonNull)
                && Stream.of(comparison.verdict(), comparison.sentence(), comparison.pairs())
                        .allMatch(Objects::nonNull)
                && Stream.of(comparison.metrics(), comparison.refusals(), comparison.notes())
                        .allMatch(list -> list != null && list.stream().allMatch(Objects::nonNull));
    }

    static GateJson of(GateSession session, String scenario, CompareJson comparison) {
        return new GateJson(VERSION, scenario, session.pairs(), runs(session), comparison);
    }

    /** The complete runs of a gate, which may still go on. */
    static List<OfRun> runs(GateSession session) {
        List<OfRun> runs = new ArrayList<>();
        session.complete().forEach((run, made) -> runs.add(of(run, made, folder(session, run))));
        return runs;
    }

    private static OfRun of(GateRun run, ComparedRun made, String folder) {
        RunFigures figures = RunFigures.of(made.result()).orElse(null);
        return new OfRun(
                run.pair(),
                run.side().label(),
                figures == null ? null : (Double) figures.response().med(),
                figures == null ? null : (Double) figures.response().p95(),
                figures == null ? null : (Long) figures.response().count(),
                figures == null ? null : figures.failed(),
                folder);
    }

    static String folder(GateSession session, GateRun run) {
        return session.folder().relativize(session.folder(run)).toString().replace('\\', '/');
    }
}
