package io.bookstore.perf.results.facts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a run: script, engine, target and machine.
 *
 * @param scenario  the name by which it was asked for, or the script's file name
 * @param scriptHash hash of the script with everything that it imports; null if unknown
 * @param engine    which engine ran it, and its version where it has one
 * @param loads     one for each k6 scenario of the script; empty if the engine never came to plan
 * @param startedAt when the engine started
 * @param duration  time from then to the end of teardown
 * @param env       variables for the script on top of the process's environment; secrets are masked
 * @param generator load of the generator itself; null if it was no part of this JVM, or the run too short to tell
 */
public record RunFacts(
        String scenario,
        String script,
        @Nullable String scriptHash,
        String engine,
        List<Load> loads,
        Instant startedAt,
        @JsonProperty("durationSeconds") Duration duration,
        Map<String, String> env,
        TargetFacts target,
        MachineFacts machine,
        @Nullable GeneratorLoad generator) {

    /** The variable that shortens every stage and think time. */
    public static final String DURATION_SCALE = "DURATION_SCALE";

    public RunFacts {
        loads = List.copyOf(loads);
        env = java.util.Collections.unmodifiableMap(Secrets.masked(env));
    }

    /** The same, at another time. */
    public RunFacts during(Instant start, Duration length) {
        return new RunFacts(
                scenario, script, scriptHash, engine, loads, start, length, env, target, machine, generator);
    }

    /** The factor by which stages and think times were shortened, as it was given; {@code 1} if it was not. */
    @JsonIgnore
    public String durationScale() {
        return env.getOrDefault(DURATION_SCALE, "1");
    }

    /** The same as a number, which stands in {@code summary.json} whether it was given or not; null if it is none. */
    @JsonProperty(value = "durationScale", access = JsonProperty.Access.READ_ONLY)
    public @Nullable Double scale() {
        try {
            return Double.valueOf(durationScale());
        } catch (NumberFormatException refusedByTheScript) {
            return null;
        }
    }

    /** Returns whether the script's own durations ran, unshortened. */
    @JsonIgnore
    public boolean fullLength() {
        Double scale = scale();
        return scale == null || scale == 1;
    }

    /**
     * The shape of one k6 scenario.
     *
     * @param peak     most virtual users, or arrivals a minute in an open loop
     * @param openLoop true if arrivals keep their pace when the service slows down
     * @param start    counted from the end of {@code setup()}; zero in a summary of an older kit
     * @param stages   empty for executors without stages
     */
    public record Load(
            String name,
            String executor,
            boolean openLoop,
            int peak,
            @JsonProperty("durationSeconds") Duration duration,
            @JsonProperty("startSeconds") Duration start,
            List<Stage> stages) {

        /** A load that begins at once, of the same shape throughout. */
        public Load(String name, String executor, boolean openLoop, int peak, Duration duration) {
            this(name, executor, openLoop, peak, duration, Duration.ZERO, List.of());
        }

        public Load {
            start = start == null ? Duration.ZERO : start;
            stages = stages == null ? List.of() : List.copyOf(stages);
        }

        /** @param target virtual users, or arrivals a minute in an open loop */
        public record Stage(@JsonProperty("durationSeconds") Duration duration, int target) {}
    }
}
