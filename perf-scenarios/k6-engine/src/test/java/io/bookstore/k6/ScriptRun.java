package io.bookstore.k6;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.Inspection;
import io.bookstore.k6.run.LoadFlags;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.metrics.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a script of {@code src/test/resources/k6} to its end and keeps everything that came out of it. */
final class ScriptRun {
    /**
     * The class of the engine that runs the scripts of {@code conformance} instead of this one, which runs all others: a
     * {@code BiFunction} from request and listener to the run.
     */
    static final String CONFORMANCE_ENGINE = System.getProperty("conformance.engine", "embedded");

    /** True if the embedded engine runs the conformance scripts too, so that its own messages can be asserted. */
    static final boolean EMBEDDED = CONFORMANCE_ENGINE.equals("embedded");

    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // The first script of a JVM takes seconds to load classes, which no script about time should have to suffer.
        try (FixtureServer server = FixtureServer.start()) {
            of("behaviour/warm-up.js").env("BASE", server.baseUrl()).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final EngineOutcome outcome;
    private final Path output;
    private final List<Sample> samples;
    private final List<Log> logs;
    private final String printed;
    private final RunPlan plan;
    private final Supplier<Inspection> inspection;

    record Log(String level, String message) {}

    private ScriptRun(EngineOutcome outcome, Path output, Recorder recorder, Supplier<Inspection> inspection) {
        this.outcome = outcome;
        this.output = output;
        this.samples = List.copyOf(recorder.samples);
        this.logs = List.copyOf(recorder.logs);
        this.printed = String.join("", recorder.printed);
        this.plan = recorder.plan;
        this.inspection = inspection;
    }

    static Setup of(String script) {
        try {
            return new Setup(Path.of(Objects.requireNonNull(ScriptRun.class.getResource("/k6/" + script), script)
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Setup of(Path script) {
        return new Setup(script);
    }

    static final class Setup {
        private final Path script;
        private final Map<String, String> env = new HashMap<>();
        private final Map<String, String> environment = new HashMap<>();
        private final CompletableFuture<Void> logged = new CompletableFuture<>();
        private String awaited = "";
        private Consumer<EngineRun> reaction = run -> {};
        private @Nullable Path samplesTo;
        private LoadFlags flags = LoadFlags.NONE;

        private Setup(Path script) {
            this.script = script;
        }

        Setup env(String name, String value) {
            env.put(name, value);
            return this;
        }

        /** A variable of the process, such as {@code K6_ITERATIONS}. */
        Setup processEnvironment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Sets the flags of the command line. */
        Setup flags(LoadFlags given) {
            flags = given;
            return this;
        }

        Setup interruptWhenLogged(String message) {
            return whenLogged(message, EngineRun::interrupt);
        }

        /** Done once, on a thread of its own, when the script logs the message. */
        Setup whenLogged(String message, Consumer<EngineRun> action) {
            awaited = message;
            reaction = action;
            return this;
        }

        /** The samples file is a link to this one. */
        Setup samplesTo(Path device) {
            samplesTo = device;
            return this;
        }

        @SuppressWarnings("unchecked")
        private BiFunction<EngineRequest, EngineListener, EngineRun> engine(K6Engine embedded) {
            boolean conformance = script.toString().contains("/conformance/");
            if (EMBEDDED || !conformance) {
                return embedded::start;
            }
            assumeTrue(
                    environment.isEmpty(),
                    "variables of the process, which only the embedded engine takes from a test");
            try {
                return (BiFunction<EngineRequest, EngineListener, EngineRun>)
                        Class.forName(CONFORMANCE_ENGINE).getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        ScriptRun run() throws InterruptedException {
            try {
                Path output = Files.createTempDirectory(Path.of("target"), "embedded-engine");
                if (samplesTo != null) {
                    Files.createSymbolicLink(output.resolve(EngineRequest.COMPRESSED_SAMPLES), samplesTo);
                }
                Recorder recorder = new Recorder(awaited, logged);
                K6Engine embedded = new K6Engine(environment);
                EngineRequest request = new EngineRequest(script, env, output, flags);
                EngineRun run = engine(embedded).apply(request, recorder);
                logged.thenRunAsync(() -> reaction.accept(run));
                return new ScriptRun(run.await(), output, recorder, () -> embedded.inspect(request));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Recorder implements EngineListener {
        private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
        private final Queue<Log> logs = new ConcurrentLinkedQueue<>();
        private final Queue<String> printed = new ConcurrentLinkedQueue<>();
        private final String awaited;
        private final CompletableFuture<Void> awaitedCame;
        private RunPlan plan = new RunPlan(List.of());

        Recorder(String awaited, CompletableFuture<Void> awaitedCame) {
            this.awaited = awaited;
            this.awaitedCame = awaitedCame;
        }

        @Override
        public void planned(RunPlan planned) {
            plan = planned;
        }

        @Override
        public void sample(Sample sample) {
            samples.add(sample);
        }

        @Override
        public void log(String level, String message) {
            logs.add(new Log(level, message));
            if (message.equals(awaited)) {
                awaitedCame.complete(null);
            }
        }

        @Override
        public void print(String text) {
            printed.add(text);
        }
    }

    int exitCode() {
        return outcome.exitCode();
    }

    String problem() {
        return String.valueOf(outcome.problem());
    }

    /** Inspects the script: returns what the engine says without running it. */
    Inspection inspected() {
        return inspection.get();
    }

    RunPlan plan() {
        return plan;
    }

    Path output() {
        return output;
    }

    String printed() {
        return printed;
    }

    /** The messages of {@code console.log}, in order. */
    List<String> logged() {
        return logged("info");
    }

    List<String> logged(String level) {
        return logs.stream()
                .filter(log -> log.level().equals(level))
                .map(Log::message)
                .toList();
    }

    List<Sample> samples(String metric) {
        return samples.stream().filter(sample -> sample.metric().equals(metric)).toList();
    }

    int allSamples() {
        return samples.size();
    }

    List<Double> values(String metric) {
        return samples(metric).stream().map(Sample::value).toList();
    }

    /** The values of a tag over the samples of a metric; {@code "none"} for a sample without it. */
    List<String> tags(String metric, String tag) {
        return samples(metric).stream()
                .map(sample -> sample.tags().getOrDefault(tag, "none"))
                .toList();
    }

    /** The values of a metadatum over the samples of a metric; {@code "none"} for a sample without it. */
    List<String> metadata(String metric, String name) {
        return samples(metric).stream()
                .map(sample -> sample.metadata().getOrDefault(name, "none"))
                .toList();
    }

    /** The metric in the summary file; a missing node when it does not appear there. */
    JsonNode summary(String metric) {
        try {
            return JSON.readTree(output.resolve("k6-summary.json").toFile())
                    .path("metrics")
                    .path(metric);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double summary(String metric, String value) {
        return summary(metric).path(value).asDouble(Double.NaN);
    }

    long count(String metric) {
        return Math.round(
                values(metric).stream().mapToDouble(Double::doubleValue).sum());
    }

    JsonNode printedJson() {
        try {
            return JSON.readTree(printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
