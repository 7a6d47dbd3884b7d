package io.bookstore.api.startup;

import io.micronaut.context.env.Environment;
import java.time.Duration;
import java.util.Map;

/**
 * Derives how long a connection may be silent, and how long a stop may take, from the longest answer: a server that
 * closes the connection of a client it still works for gives it nothing, and the summary has to be paid for again.
 */
public final class ServerTimeouts {

    private static final String DEADLINE = "bookstore.llm.deadline";
    private static final String IDLE = "micronaut.server.idle-timeout";
    private static final String GRACE = "micronaut.lifecycle.graceful-shutdown.grace-period";

    /** The longest answer that is no summary: {@code ErrorTest} with {@code delayMs=60000}. */
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(60);

    // What a summary takes beside its deadline: its book, its thread, its way to the client.
    private static final Duration IDLE_MARGIN = Duration.ofSeconds(10);
    private static final Duration GRACE_MARGIN = Duration.ofSeconds(5);

    private ServerTimeouts() {}

    /**
     * Adds the framework's settings to {@code settings}; what somebody has set stays, if it can hold.
     *
     * @throws StartupException if a connection would be closed before its summary must be there
     */
    public static void derive(Environment environment, Map<String, Object> settings) {
        Duration deadline = environment.getRequiredProperty(DEADLINE, Duration.class);
        Duration longest = deadline.compareTo(LONGEST_DELAY) > 0 ? deadline : LONGEST_DELAY;
        Duration idle = environment.getProperty(IDLE, Duration.class).orElse(longest.plus(IDLE_MARGIN));
        if (idle.compareTo(deadline) <= 0) {
            throw new StartupException(
                    IDLE + " must be longer than " + DEADLINE + " (" + deadline + "), was " + idle
                            + "; leave it out, and it is",
                    null);
        }
        settings.put(IDLE, idle);
        // Nothing is read while an answer is made, and nothing is written until it is there.
        settings.put("micronaut.server.read-idle-timeout", idle);
        settings.put("micronaut.server.write-idle-timeout", idle);
        if (!environment.containsProperty(GRACE)) {
            settings.put(GRACE, deadline.plus(GRACE_MARGIN));
        }
    }
}
