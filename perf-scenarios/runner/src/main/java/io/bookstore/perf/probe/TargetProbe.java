package io.bookstore.perf.probe;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.run.TargetDescriptor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Asks a described service through the scripts that load it, so that what is read here is read in a run. */
public final class TargetProbe {

    private static final String SCRIPT = "tools/probe.js";
    private static final String NAME = "probe.json";

    // Good for each place in a descriptor, an address included.
    private static final String UNSET = "http://unset";

    private static final ObjectMapper json = new ObjectMapper();

    private final Path scripts;
    private final Map<String, String> environment;

    /** @param environment the variables that a descriptor may name */
    public TargetProbe(Path scripts, Map<String, String> environment) {
        this.scripts = scripts;
        this.environment = environment;
    }

    /** The operations to ask. */
    public enum Operations {
        ALL,
        /** Those that do not go to the model. */
        PLAIN,
        SUMMARY
    }

    /**
     * Asks each of these operations once.
     *
     * @throws PerfException if the scripts refuse the descriptor
     */
    public ProbedTarget ask(TargetDescriptor descriptor, URI service, Operations operations)
            throws InterruptedException {
        Map<String, String> variables = new TreeMap<>(descriptor.variablesIn(environment));
        variables.put("TARGET", descriptor.forScripts());
        variables.put("BASE_URL", service.toString());
        variables.put("PROBE", operations.name().toLowerCase(Locale.ROOT));
        try {
            Path folder = Files.createTempDirectory("llm-perf-probe");
            try {
                return run(new EngineRequest(scripts.resolve(SCRIPT), variables, folder));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT, "The answers cannot be kept in a temporary folder: " + e.getMessage() + ".");
        }
    }

    /**
     * Reads a descriptor as each script does, without a request. A variable that is not set does not matter; with a secret file
     * that is not here the scripts alone can tell, once it is.
     *
     * @throws PerfException if the scripts refuse the descriptor
     */
    public void check(TargetDescriptor descriptor) {
        Path file = TargetDescriptor.file(descriptor.forScripts(), scripts);
        if (TargetDescriptor.secretFiles(file).stream()
                .map(file::resolveSibling)
                .anyMatch(Files::notExists)) {
            return;
        }
        Map<String, String> variables = new TreeMap<>();
        descriptor.environment().forEach(name -> variables.put(name, environment.getOrDefault(name, UNSET)));
        variables.put("TARGET", descriptor.forScripts());
        EngineOutcome problem = new EmbeddedEngine(Map.of())
                .inspect(new EngineRequest(scripts.resolve(SCRIPT), variables, Path.of("")))
                .problem();
        if (problem != null) {
            throw new PerfException(ExitCode.USAGE, ofTarget(String.valueOf(problem.sentence())));
        }
    }

    /** The sentence about the target, without the name of the error before it. */
    private static String ofTarget(String sentence) {
        return sentence.substring(Math.max(0, sentence.indexOf("Target \"")));
    }

    private static ProbedTarget run(EngineRequest request) throws IOException, InterruptedException {
        EngineOutcome outcome = await(new EmbeddedEngine(Map.of()).start(request, new EngineListener() {}));
        Path answers = request.output().resolve(NAME);
        if (Files.notExists(answers)) {
            throw new PerfException(ExitCode.SCRIPT_EXCEPTION, String.valueOf(outcome.problem()));
        }
        return json.readValue(answers.toFile(), ProbedTarget.class);
    }

    private static EngineOutcome await(EngineRun run) throws InterruptedException {
        try {
            return run.await();
        } catch (InterruptedException e) {
            run.interrupt();
            throw e;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
