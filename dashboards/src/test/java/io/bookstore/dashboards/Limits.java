package io.bookstore.dashboards;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The limits of the scenarios, read from the one file that has them. */
final class Limits {

    private static final String SOURCE = Repository.text("perf-scenarios/k6/thresholds.js");

    private Limits() {}

    /** A latency limit such as {@code LLM_P95_MS}, in seconds. */
    static double seconds(String name) {
        return defaultOf(name) / 1000;
    }

    /** A limit such as {@code LLM_ERROR_RATE}, 0 to 1. */
    static double rate(String name) {
        return defaultOf(name);
    }

    private static double defaultOf(String name) {
        Matcher matcher =
                Pattern.compile("\\b" + name + ": \\{ default: ([\\d.]+)").matcher(SOURCE);
        if (!matcher.find()) {
            throw new IllegalStateException("thresholds.js has no limit " + name);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
