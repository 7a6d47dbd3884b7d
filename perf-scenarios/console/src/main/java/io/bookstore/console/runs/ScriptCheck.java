package io.bookstore.console.runs;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.scenario.Scenario;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The script's own judgement of the values of its variables, by the look at it that {@code llm-perf run} takes before anything starts. */
final class ScriptCheck {

    private static final String TARGET = "TARGET";
    private static final String RECORDING = "RECORDING";

    private final Path scripts;

    ScriptCheck(Path scripts) {
        this.scripts = scripts;
    }

    /**
     * Refuses a value that the script does not take.
     *
     * @throws IllegalArgumentException in the sentence of the script
     */
    void check(Scenario scenario, RunRequest request) {
        Map<String, String> asked = new TreeMap<>(request.variables());
        if (request.capacity() != null) {
            asked.putAll(request.capacity().variables());
        }
        if (asked.isEmpty()) {
            return;
        }
        EngineOutcome problem = new EmbeddedEngine()
                .inspect(new EngineRequest(scripts.resolve(scenario.script()), env(scenario, asked), Path.of(".")))
                .problem();
        String sentence = problem == null ? null : problem.sentence();
        if (sentence != null && asked.keySet().stream().anyMatch(name -> isNamed(name, sentence))) {
            throw new IllegalArgumentException(sentence);
        }
    }

    private static boolean isNamed(String variable, String sentence) {
        return Pattern.compile("\\b" + Pattern.quote(variable) + "\\b")
                .matcher(sentence)
                .find();
    }

    private Map<String, String> env(Scenario scenario, Map<String, String> asked) {
        Map<String, String> env = new TreeMap<>(asked);
        env.putAll(scenario.env());
        // A path in the environment of the console is one from its folder, not from that of the scripts.
        String target = env.getOrDefault(TARGET, inherited(TARGET));
        if (!target.isEmpty() && !target.equals(TargetDescriptor.OWN)) {
            try {
                env.put(TARGET, TargetDescriptor.read(target, scripts).forScripts());
            } catch (PerfException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
        String recording = inherited(RECORDING);
        if (TargetDescriptor.isPath(recording)) {
            env.putIfAbsent(RECORDING, Path.of(recording).toAbsolutePath().toString());
        }
        return env;
    }

    private static String inherited(String variable) {
        return System.getenv().getOrDefault(variable, "");
    }
}
