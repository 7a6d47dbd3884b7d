package io.bookstore.perf.cli.capacity;

import io.bookstore.perf.testing.StandInApi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The service of a search, whose speed {@link PacedEngine} says. */
final class SearchedService implements AutoCloseable {

    private final StandInApi service = StandInApi.start();

    /** The command line of a search up to 300 arrivals a minute. */
    String[] arguments(Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "capacity", "--base-url", service.baseUrl().toString(), "--to", "300", "--out", out.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @Override
    public void close() {
        service.close();
    }
}
