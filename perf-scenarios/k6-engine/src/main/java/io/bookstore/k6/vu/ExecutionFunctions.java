package io.bookstore.k6.vu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.k6.script.GuestValues;
import io.bookstore.k6.script.HostFunctions;
import io.bookstore.k6.vu.VirtualUser.Progress;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Behind module {@code k6/execution}. */
final class ExecutionFunctions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final VirtualUser vu;

    ExecutionFunctions(VirtualUser vu) {
        this.vu = vu;
    }

    void register(HostFunctions functions) {
        functions.add("execution", arguments -> read(arguments[0].asString()));
        functions.add("abortTest", this::abort);
        functions.add("failTest", arguments -> {
            vu.run().control().markAsFailed(arguments[0].asString());
            return null;
        });
        functions.add("vuMetadata", arguments -> vu.tags().metadata().get(arguments[0].asString()));
        functions.add("vuMetadataNames", arguments -> json(vu.tags().metadata().keySet()));
        functions.add("setVuMetadata", arguments -> {
            String name = arguments[0].asString();
            vu.tags().setMetadata(name, GuestValues.metadatum(name, arguments[1]));
            return null;
        });
        functions.add("deleteVuMetadata", arguments -> {
            vu.tags().setMetadata(arguments[0].asString(), null);
            return null;
        });
        functions.add("vuTag", arguments -> vu.tags().vuTags().get(arguments[0].asString()));
        functions.add("vuTagNames", arguments -> json(vu.tags().vuTags().keySet()));
        functions.add("setVuTag", arguments -> {
            String name = arguments[0].asString();
            vu.tags().setVuTag(name, GuestValues.tag(name, arguments[1]));
            return null;
        });
        functions.add("deleteVuTag", arguments -> {
            vu.tags().setVuTag(arguments[0].asString(), null);
            return null;
        });
    }

    private Object read(String path) {
        if (path.startsWith("instance.")) {
            return instance(path);
        }
        if (path.startsWith("scenario.")) {
            return scenario(path);
        }
        if (vu.phase() == Phase.INIT) {
            throw unavailable(path);
        }
        Progress progress = vu.progress();
        return switch (path) {
            case "vu.iterationInInstance" -> Math.max(0, progress.inInstance);
            case "vu.iterationInScenario" -> Math.max(0, progress.inScenario);
            case "vu.idInInstance", "vu.idInTest" -> vu.id();
            case "test.options" -> json(vu.run().options().consolidated());
            default -> throw unavailable(path);
        };
    }

    private Object instance(String path) {
        if (vu.phase() != Phase.SETUP && vu.phase() != Phase.ITERATION) {
            throw unavailable(path);
        }
        RunControl control = vu.run().control();
        return switch (path) {
            case "instance.iterationsInterrupted" ->
                control.interruptedIterations().get();
            case "instance.iterationsCompleted" -> control.completedIterations().get();
            case "instance.vusActive" -> control.activeVus().get();
            case "instance.vusInitialized" -> control.initializedVus().get();
            case "instance.currentTestRunDuration" -> vu.run().clock().elapsed().toNanos() / 1e6;
            default -> throw unavailable(path);
        };
    }

    private Object scenario(String path) {
        ScenarioState scenario = vu.progress().scenario;
        if (vu.phase() != Phase.ITERATION || scenario == null) {
            throw unavailable(path);
        }
        return switch (path) {
            case "scenario.name" -> scenario.options().name();
            case "scenario.executor" -> scenario.options().executor().name();
            case "scenario.startTime" ->
                vu.run().clock().at(scenario.startNanos()).toEpochMilli();
            case "scenario.progress" -> scenario.progress();
            case "scenario.iterationInInstance", "scenario.iterationInTest" -> vu.progress().inTest;
            default -> throw unavailable(path);
        };
    }

    private static IllegalArgumentException unavailable(String path) {
        return new IllegalArgumentException("execution." + path + " is not available here");
    }

    /** Aborts the test. A script cannot catch it: in an iteration, everything is cut off, this virtual user included. */
    private @Nullable Object abort(Value[] arguments) {
        String message = arguments[0].asString();
        vu.countThisIteration();
        if (vu.stopRun(K6ExitCode.ABORTED_BY_SCRIPT, "The script aborted the test: " + message)) {
            throw HostFunctions.unwind();
        }
        throw new IllegalArgumentException(message);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values are always JSON", e);
        }
    }
}
