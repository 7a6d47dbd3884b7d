package io.bookstore.api;

import io.bookstore.api.standin.StandIns;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What a person reads when the service has started: every address, and everything that is not the real thing. */
final class Banner {

    private Banner() {}

    static String of(BookStore store, long startNanos) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, "%nBookStore API started in %d ms%n%n", TimeUnit.NANOSECONDS.toMillis(startNanos)));
        line(text, "Books", store.uri() + "/api/v1/Books");
        line(text, "Health", store.managementUri() + "/health");
        line(text, "Metrics", store.managementUri() + "/metrics");
        standIns(text, store.standIns());
        return text.append(System.lineSeparator()).toString();
    }

    private static void standIns(StringBuilder text, StandIns standIns) {
        if (standIns.mongoEmbedded()) {
            line(
                    text,
                    "MongoDB",
                    "EMBEDDED stand-in, documents in " + standIns.mongoStorage()
                            + "; a kill may lose the last write. MONGODB_URI replaces it");
        }
        if (standIns.llmSimulated()) {
            line(
                    text,
                    "LLM",
                    "SIMULATED at " + standIns.simulatorUri()
                            + "; no real model is asked. ANTHROPIC_API_KEY replaces it");
        }
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-9s %s%n", name, value));
    }
}
