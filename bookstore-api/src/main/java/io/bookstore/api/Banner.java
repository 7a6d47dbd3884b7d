package io.bookstore.api;

import io.bookstore.api.standin.EmbeddedMongo;
import io.bookstore.api.standin.StandIns;
import io.bookstore.api.startup.ConsoleAddress;
import io.micronaut.context.env.Environment;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The text that a person reads when the service has started: its addresses, and its stand-ins. */
final class Banner {

    private Banner() {}

    static String of(BookStore store, long startNanos) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, "%nBookStore API started in %d ms%n%n", TimeUnit.NANOSECONDS.toMillis(startNanos)));
        addLine(text, "Start at", store.uri() + "/");
        addLine(text, "Books", store.uri() + "/api/v1/Books");
        addLine(text, "Swagger", store.uri() + "/swagger-ui/index.html");
        addLine(text, "Health", store.managementUri() + "/health");
        addLine(text, "Metrics", store.managementUri() + "/metrics");
        URI console = ConsoleAddress.of(store.context().getEnvironment());
        addLine(
                text,
                "Console",
                (console == null ? "./llm-perf console" : console)
                        + " shows each call to a model, and runs load tests");
        addAccess(text, store);
        addStandIns(text, store.standIns());
        return text.append(System.lineSeparator()).toString();
    }

    /** Warns of a service that is open to a network without a key. */
    private static void addAccess(StringBuilder text, BookStore store) {
        Environment environment = store.context().getEnvironment();
        String host =
                environment.getProperty("micronaut.server.host", String.class).orElse("");
        boolean guarded = environment
                .getProperty("micronaut.security.enabled", Boolean.class)
                .orElse(false);
        if (!guarded && !host.matches("127\\..*|localhost|::1|\\[::1]")) {
            addLine(
                    text,
                    "Access",
                    "OPEN to everybody who reaches " + host + "; BOOKSTORE_SECURITY_API_KEYS_<NAME>_SHA256 guards it");
        }
    }

    private static void addStandIns(StringBuilder text, StandIns standIns) {
        if (standIns.mongoEmbedded()) {
            addLine(
                    text,
                    "MongoDB",
                    EmbeddedMongo.MEMORY.equals(standIns.mongoStorage())
                            ? "EMBEDDED stand-in, documents in memory: they are gone when this process ends."
                                    + " BOOKSTORE_DATA_DIR keeps them, MONGODB_URI replaces it"
                            : "EMBEDDED stand-in, documents in " + standIns.mongoStorage()
                                    + ": they outlive a kill of this process. MONGODB_URI replaces it");
        }
        if (standIns.llmSimulated()) {
            addLine(
                    text,
                    "LLM",
                    "SIMULATED at " + standIns.simulatorUri()
                            + "; no real model is asked. ANTHROPIC_API_KEY replaces it");
        }
    }

    private static void addLine(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-9s %s%n", name, value));
    }
}
