package io.bookstore.perf.scenario;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.results.facts.RunFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The share of a script's planned load that goes to the model, in requests.
 *
 * @param pauses       pauses of virtual users between two requests, unscaled, each as often as any other; empty for none
 * @param modelShare   share of its requests that go to the model, 0 to 1
 * @param conversation that each of these is the beginning of; null if it is one request
 */
public record Pace(
        List<Pause> pauses, double modelShare, @Nullable Conversation conversation) {

    /** A pause that lies evenly between two numbers of seconds. */
    public record Pause(double shortestSeconds, double longestSeconds) {
        double mean() {
            return (shortestSeconds + longestSeconds) / 2;
        }
    }

    public Pace {
        pauses = List.copyOf(pauses);
    }

    /** The pace of a script that asks the model once. */
    public Pace(List<Pause> pauses, double modelShare) {
        this(pauses, modelShare, null);
    }

    /** The same with another conversation, or without one. */
    public Pace with(@Nullable Conversation other) {
        return new Pace(pauses, modelShare, other);
    }

    // 0.8 s to the first token and 120 tokens at 64 a second: what the sonnet-class profile of the simulator is made
    // after.
    private static final double ANSWER_SECONDS = 2.7;

    /** The pace of a script without {@code meta}: every iteration asks the model, without a pause. */
    private static final Pace UNKNOWN = new Pace(List.of(), 1);

    /**
     * Reads the pace from the script's {@code meta}.
     *
     * @param env the script's variables, by which it may be one of several scenarios
     */
    public static Pace of(Path script, Map<String, String> env) {
        try {
            return ScriptMeta.find(script.getFileName().toString(), Files.readString(script))
                    .map(meta -> meta.pace(env))
                    .orElse(UNKNOWN);
        } catch (PerfException | IOException e) {
            // A script of one's own may mean something else by "meta".
            return UNKNOWN;
        }
    }

    /** Expected requests to the model; the plan's durations are scaled already. */
    public double requests(RunPlan plan, Map<String, String> env) {
        double scale = scale(env);
        double thinkSeconds = pauses.stream().mapToDouble(Pause::mean).average().orElse(0);
        double turns = conversation == null ? 1 : conversation.meanTurns();
        double asked = modelShare * turns;
        double secondsEach = thinkSeconds * scale + asked * ANSWER_SECONDS;
        return plan.scenarios().stream()
                .mapToDouble(scenario -> scenario.countsIterations()
                        ? scenario.volume() * asked
                        : modelShare == 0 ? 0 : scenario.volume() / secondsEach * asked)
                .sum();
    }

    /** The factor on stages and pauses that the variables ask for, 1 if they do not. */
    public static double scale(Map<String, String> env) {
        return number(env, RunFacts.DURATION_SCALE, 1);
    }

    static double number(Map<String, String> env, String name, double fallback) {
        try {
            return Double.parseDouble(env.getOrDefault(name, String.valueOf(fallback)));
        } catch (NumberFormatException e) {
            // The script refuses it with a sentence of its own.
            return fallback;
        }
    }
}
