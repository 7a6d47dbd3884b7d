package io.bookstore.perf.engine.binary;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.perf.engine.Engine;
import io.bookstore.perf.engine.SynchronizedListener;
import io.bookstore.perf.engine.k6.K6CommandLine;
import io.bookstore.perf.engine.k6.K6Inspection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts k6 as a child process. */
final class BinaryEngine implements Engine {

    static final String NAME = "binary";

    private final Path k6;

    BinaryEngine(Path k6) {
        this.k6 = k6;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public EngineRun start(EngineRequest request, EngineListener listener) {
        EngineListener serial = new SynchronizedListener(listener);
        try {
            inspect(request, serial);
            return new BinaryRun(SupervisedProcess.start(runCommand(request), request.output()), request, serial);
        } catch (IOException e) {
            return new NotStarted(K6ExitCode.OTHER.outcome("Cannot start " + k6 + ": " + e.getMessage() + "."));
        }
    }

    private List<String> runCommand(EngineRequest request) {
        return command(K6CommandLine.run(
                script(request),
                request.env(),
                request.flags(),
                request.samples().toAbsolutePath().toString(),
                request.summary().toAbsolutePath().toString()));
    }

    // A script that cannot be inspected cannot be run either: k6 run says why, and with which exit code.
    private void inspect(EngineRequest request, EngineListener listener) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(K6CommandLine.inspect(script(request), request.env())));
        builder.environment().putAll(K6CommandLine.ENVIRONMENT);
        // An inspection has no such flags.
        builder.environment().putAll(request.flags().variables());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        K6Inspection.plan(printed).map(request.flags()::selectedOf).ifPresent(listener::planned);
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(k6.toString()));
        command.addAll(arguments);
        return command;
    }

    private static String script(EngineRequest request) {
        return request.script().toAbsolutePath().toString();
    }

    private record NotStarted(EngineOutcome outcome) implements EngineRun {
        @Override
        public EngineOutcome await() {
            return outcome;
        }

        @Override
        public void interrupt() {
            // Nothing runs.
        }
    }
}
