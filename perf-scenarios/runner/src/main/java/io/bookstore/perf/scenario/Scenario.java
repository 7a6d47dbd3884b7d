package io.bookstore.perf.scenario;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

    private static final Pattern allowedName = Pattern.compile("[a-z0-9][a-z0-9._-]*");

    public Scenario {
        // Pages and lists show them, in the same order each time.
        env = Collections.unmodifiableMap(new TreeMap<>(env));
        serviceEnv = Collections.unmodifiableMap(new TreeMap<>(serviceEnv));
    }

    /** A script given by its path, of which nothing else is known. */
    public static Scenario of(String name, String script) {
        return new Scenario(name, "", script, Load.UNKNOWN, Map.of(), Map.of(), null);
    }

    static Scenario of(String name, String script, Literal described) {
        described.allowOnly(
                "description", "length", "users", "perMinute", "modelPercent", "env", "serviceEnv", "suite");
        requireName(name, script);
        described.find("suite").ifPresent(suite -> requireName(suite.text(), script));
        return new Scenario(
                name,
                described.get("description").text(),
                script,
                Load.of(described),
                described.find("env").map(Literal::texts).orElse(Map.of()),
                described.find("serviceEnv").map(Literal::texts).orElse(Map.of()),
                described.find("suite").map(Literal::text).orElse(null));
    }

    /** A name is an argument of the command line and a folder of results; one that ends like a script is its path. */
    private static void requireName(String name, String script) {
        if (!allowedName.matcher(name).matches() || name.endsWith(".js") || name.endsWith(".ts")) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "The name \"" + name + "\" in " + script
                            + " must have only lower-case letters, digits, \"-\", \"_\""
                            + " and \".\", begin with a letter or digit, and not end in .js or .ts.");
        }
    }
}
