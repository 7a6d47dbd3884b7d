package io.bookstore.perf.scenario;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A load test with a name: a script and what it is given.
 *
 * @param name        as typed: {@code ai-smoke}
 * @param description a sentence without its full stop
 * @param script      relative to the folder of scripts
 * @param load        users or arrivals, and the length
 * @param env         variables for the script
 * @param serviceEnv  variables for a service that is started for the run, on top of the process's own environment
 * @param suite       the suite that it is a part of; null for none
 */
public record Scenario(
        String name,
        String description,
        String script,
        Load load,
        Map<String, String> env,
        Map<String, String> serviceEnv,
        @Nullable String suite) {

    public Scenario {
        env = Map.copyOf(env);
        serviceEnv = Map.copyOf(serviceEnv);
    }

    /** A script given by its path, of which nothing else is known. */
    public static Scenario of(String name, String script) {
        return new Scenario(name, "", script, Load.UNKNOWN, Map.of(), Map.of(), null);
    }

    static Scenario of(String name, String script, Literal described) {
        described.allowOnly(
                "description", "length", "users", "perMinute", "modelPercent", "env", "serviceEnv", "suite");
        return new Scenario(
                name,
                described.get("description").text(),
                script,
                Load.of(described),
                described.find("env").map(Literal::texts).orElse(Map.of()),
                described.find("serviceEnv").map(Literal::texts).orElse(Map.of()),
                described.find("suite").map(Literal::text).orElse(null));
    }
}
