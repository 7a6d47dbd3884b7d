package io.bookstore.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.console.service.ServiceMonitor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A console that knows a service, and looks at it by the clock of the test. */
final class WatchedService implements AutoCloseable {

    private final AtomicLong nanoTime = new AtomicLong();
    private final TestConsole console;

    /** @param patience the time that the service has for an answer */
    WatchedService(URI service, Duration patience) {
        console = new TestConsole(new ServiceMonitor(service, nanoTime::get, patience));
    }

    TestConsole console() {
        return console;
    }

    /** Looks at the service, so many seconds after the last time. */
    Look look(int seconds) throws IOException, InterruptedException {
        nanoTime.addAndGet(Duration.ofSeconds(seconds).toNanos());
        return new Look(console.json("/api/service"));
    }

    /** An answer of the console. */
    record Look(JsonNode json) {

        String text(String pointer) {
            return json.at(pointer).asText();
        }

        boolean has(String pointer) {
            return !json.at(pointer).isMissingNode();
        }

        List<String> lines(String chart) {
            return nodes(chart).map(line -> line.path("name").asText()).toList();
        }

        /** The values of a line; null for an unknown one. */
        List<@Nullable Double> values(String chart, String name) {
            List<@Nullable Double> values = new ArrayList<>();
            nodes(chart)
                    .filter(line -> line.path("name").asText().equals(name))
                    .forEach(line ->
                            line.path("values").forEach(value -> values.add(value.isNull() ? null : value.asDouble())));
            return values;
        }

        private Stream<JsonNode> nodes(String chart) {
            List<JsonNode> lines = new ArrayList<>();
            for (JsonNode plot : json.at("/metrics/charts")) {
                if (plot.path("title").asText().equals(chart)) {
                    plot.path("lines").forEach(lines::add);
                }
            }
            return lines.stream();
        }
    }

    @Override
    public void close() {
        console.close();
    }
}
