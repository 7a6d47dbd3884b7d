package io.bookstore.perf.cli.gate;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.testing.StandInApi;
import io.bookstore.perf.testing.TimedEngine;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The two services of a gate, and the engine that says how fast they are. */
final class GatedServices implements AutoCloseable {

    private final StandInApi baseline = StandInApi.start();
    private final StandInApi candidate = StandInApi.start();

    URI candidateUrl() {
        return candidate.baseUrl();
    }

    /** An engine for which the candidate is so many times slower. */
    TimedEngine engine(double factor) {
        return new TimedEngine(request -> isBaseline(request) ? 1000 : 1000 * factor);
    }

    boolean isBaseline(EngineRequest request) {
        return baseline.baseUrl().toString().equals(request.env().get("BASE_URL"));
    }

    /** The folders of the runs that the engine was asked for, within that of their gate. */
    static List<String> foldersOf(TimedEngine engine, Path session) {
        return engine.requests().stream()
                .map(request -> session.relativize(request.output()).toString().replace('\\', '/'))
                .toList();
    }

    /** The command line of a gate of both. */
    String[] arguments(Path out, String... more) {
        return arguments(out, candidate, more);
    }

    /** The command line of a gate whose candidate is another service. */
    String[] arguments(Path out, StandInApi judged, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "gate",
                "ai-smoke",
                "--baseline-url",
                baseline.baseUrl().toString(),
                "--candidate-url",
                judged.baseUrl().toString(),
                "--out",
                out.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @Override
    public void close() {
        baseline.close();
        candidate.close();
    }
}
