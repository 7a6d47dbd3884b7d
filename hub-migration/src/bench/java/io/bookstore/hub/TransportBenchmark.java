package io.bookstore.hub;

import io.bookstore.perf.results.facts.MachineFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Measures what is between the client's latency and all that the service says it took: the way over loopback. System
 * property: {@code bench.runs} (3).
 */
final class TransportBenchmark {

    private static final int RUNS = Integer.getInteger("bench.runs", 3);
    private static final double MOST_MS = 5;
    private static final Path folder = Path.of("target", "bench");

    private TransportBenchmark() {}

    @SuppressWarnings("SystemOut") // the table is for a person
    public static void main(String[] arguments) throws Exception {
        // That of the tests, whose listener is not here: a busy machine needs more than ten seconds for a start.
        Awaitility.setDefaultTimeout(Duration.ofMinutes(4));
        Files.createDirectories(folder);
        try (BookStoreService service =
                BookStoreService.start(folder.resolve("api.log"), Map.of("SIMULATOR_PROFILE", "zero"))) {
            List<Double> shares = IntStream.range(0, RUNS)
                    .mapToObj(run -> share(service, folder.resolve("run-" + run)))
                    .sorted()
                    .toList();
            MachineFacts machine = MachineFacts.current();
            String table = String.format(
                    Locale.ROOT,
                    "%s, %d processors, JDK %s, %s; median of %d runs (smallest to largest)%n%n"
                            + "| Measured | Target | Result |%n|---|---|---|%n"
                            + "| requests whose transport takes at most %.0f ms | 99 %% | %.2f %% (%.2f to %.2f) |%n",
                    machine.os(),
                    machine.processors(),
                    machine.jdk(),
                    LocalDate.now(ZoneOffset.UTC),
                    RUNS,
                    MOST_MS,
                    shares.get(RUNS / 2),
                    shares.get(0),
                    shares.get(RUNS - 1));
            Files.writeString(folder.resolve("hub-migration.md"), table);
            System.out.println(table);
        }
    }

    private static double share(BookStoreService service, Path output) {
        try {
            Map<String, String> oneStepOf18Seconds =
                    Map.of("DURATION_SCALE", "0.15", "BREAKPOINT_STEP", "1200", "BREAKPOINT_STEPS", "1");
            ScenarioRun run = ScenarioRun.of("breakpoint", oneStepOf18Seconds, service.baseUrl(), output);
            List<Double> transport = run.values("llm_transport_time");
            return 100.0 * transport.stream().filter(ms -> ms <= MOST_MS).count() / transport.size();
        } catch (Exception e) {
            throw new IllegalStateException("no run in " + output, e);
        }
    }
}
