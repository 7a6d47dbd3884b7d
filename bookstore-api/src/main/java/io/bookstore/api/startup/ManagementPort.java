package io.bookstore.api.startup;

import io.micronaut.context.env.Environment;

/** The port of health and metrics: one of their own if it is set, so that clients do not reach them. */
public final class ManagementPort {

    /** The value of {@code @Controller(port = ...)} for the routes that belong there. */
    public static final String OF_ROUTES = "${bookstore.management.port:-1}";

    private static final String KEY = "bookstore.management.port";

    private ManagementPort() {}

    /**
     * The port; -1 if it is that of the other routes.
     *
     * @throws StartupException if it is no port, or if it is that of the other routes by mistake
     */
    public static int of(Environment environment, int servicePort) {
        String text = environment.getProperty(KEY, String.class).orElse("").strip();
        if (text.isEmpty() || text.equals("-1")) {
            return -1;
        }
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw new StartupException(KEY + " must be a whole number from 1 to 65535, was " + text, null);
        }
        int port = Integer.parseInt(text);
        if (port == servicePort) {
            throw new StartupException(KEY + " must be another port than the service's own, was " + port, null);
        }
        return port;
    }
}
