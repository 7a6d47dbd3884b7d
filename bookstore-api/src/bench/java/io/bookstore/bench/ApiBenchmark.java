package io.bookstore.bench;

import io.bookstore.api.standin.EmbeddedMongo;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures a book, a list and a summary, each three times, and prints a table with the spread. Bare routes run in turns with those of books. */
final class ApiBenchmark {

    private static final int RUNS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    // The way of a summary has ten times the code of that of a book; the compiler is busy with it for half a minute.
    private static final Duration SUMMARY_WARM_UP = Duration.ofSeconds(25);
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final Load.Shape READERS = Load.Shape.atOnce(16);
    private static final Load.Shape FIFTY = Load.Shape.atOnce(50);
    // 50 people, each of whom asks five times a second, not all in the same instant: concurrency without a queue.
    private static final Load.Shape FIFTY_PEOPLE = new Load.Shape(50, Duration.ofMillis(200), Duration.ofMillis(200));
    private static final Load.Shape THOUSAND_PEOPLE = new Load.Shape(1_000, Duration.ofSeconds(3), Duration.ZERO);
    private static final String LIST = "/api/v1/Books?pageSize=20";
    private static final String THREE_SECONDS =
            "{\"profile\":{\"name\":\"three-seconds\",\"base\":\"fixed\",\"prefill\":{\"medianMs\":2500}}}";

    private final Path java;
    private final Map<String, List<Double>> rows = new LinkedHashMap<>();

    private ApiBenchmark(Path java) {
        this.java = java;
    }

    @SuppressWarnings("SystemOut") // the table is for a person
    public static void main(String[] args) throws IOException, InterruptedException {
        List<Path> javas = Service.javas();
        ApiBenchmark benchmark = new ApiBenchmark(javas.get(0));
        benchmark.books();
        for (Path each : javas) {
            benchmark.summariesAndBareOnes(each);
        }
        benchmark.summaries();
        benchmark.manySummaries();
        String table = benchmark.table();
        System.out.print(table);
        Files.writeString(Files.createDirectories(Path.of("target", "bench")).resolve("api.md"), table);
    }

    /** Both on one MongoDB, with the same books. */
    private void books() throws IOException, InterruptedException {
        try (EmbeddedMongo mongo = EmbeddedMongo.start(EmbeddedMongo.MEMORY)) {
            Map<String, String> environment =
                    Map.of("SIMULATOR_PROFILE", "zero", "MONGODB_URI", mongo.uri() + "/bookstore");
            try (Service service = Service.packaged(java, environment)) {
                service.send("POST", "/seed-data");
                try (Service bare = Service.bare(java, environment)) {
                    compare("GET /{id}", service, service.book(), bare, service.book());
                    compare("list of 20", service, LIST, bare, LIST);
                }
            }
        }
    }

    private void compare(String name, Service service, String path, Service bare, String barePath)
            throws InterruptedException {
        perSecond(service, path, WARM_UP);
        perSecond(bare, barePath, WARM_UP);
        for (int run = 0; run < RUNS; run++) {
            double ours = perSecond(service, path, TIME);
            double theirs = perSecond(bare, barePath, TIME);
            add(name + ", requests/s", ours);
            add(name + " of a bare route, requests/s", theirs);
            add(name + ", ratio (target >= 0.8)", ours / theirs);
        }
    }

    private static double perSecond(Service service, String path, Duration time) throws InterruptedException {
        return Load.run(service.url(), "GET", path, READERS, time).perSecond();
    }

    /**
     * Summaries of the service and of a bare controller, in turns: the same books, one simulator for both, which takes no
     * time. The load, the simulator and MongoDB share the machine with both, so the processor time of the process says more
     * about what is around the call than the rate does.
     */
    private void summariesAndBareOnes(Path each) throws IOException, InterruptedException {
        SimulatorConfig zero = SimulatorConfig.defaults().withPort(0).withProfile("zero");
        try (EmbeddedMongo mongo = EmbeddedMongo.start(EmbeddedMongo.MEMORY);
                SimulatorServer simulator = SimulatorServer.start(zero)) {
            String mongoUri = mongo.uri() + "/bookstore";
            Map<String, String> standIns = Map.of(
                    "MONGODB_URI",
                    mongoUri,
                    "SIMULATOR_URL",
                    simulator.baseUrl().toString());
            Map<String, String> provider =
                    Map.of("MONGODB_URI", mongoUri, "ANTHROPIC_BASE_URL", simulator.baseUrl() + "/v1");
            try (Service service = Service.packaged(each, standIns)) {
                service.send("POST", "/seed-data");
                String path = service.book() + "/generate-summary?refresh=true";
                try (Service bare = Service.bare(each, provider)) {
                    String name = "summary on " + name(each);
                    Load.run(service.url(), "POST", path, FIFTY, SUMMARY_WARM_UP);
                    Load.run(bare.url(), "POST", path, FIFTY, SUMMARY_WARM_UP);
                    for (int run = 0; run < RUNS; run++) {
                        Cost ours = cost(service, path);
                        Cost theirs = cost(bare, path);
                        add(name + ", a second", ours.perSecond());
                        add(name + " of a bare controller, a second", theirs.perSecond());
                        add(name + ", ratio (target >= 0.8)", ours.perSecond() / theirs.perSecond());
                        add(name + ", processor ms", ours.processorMs());
                        add(name + " of a bare controller, processor ms", theirs.processorMs());
                    }
                }
            }
        }
    }

    private static Cost cost(Service service, String path) throws InterruptedException {
        double before = service.processorMs();
        double perSecond = Load.run(service.url(), "POST", path, FIFTY, TIME).perSecond();
        return new Cost(perSecond, (service.processorMs() - before) / (perSecond * TIME.toSeconds()));
    }

    /**
     * The cost of summaries at full load.
     *
     * @param perSecond summaries a second
     * @param processorMs processor time of the service's process for one summary
     */
    private record Cost(double perSecond, double processorMs) {}

    private static Path name(Path java) {
        return java.getName(java.getNameCount() - 3);
    }

    private void summaries() throws IOException, InterruptedException {
        for (int run = 0; run < RUNS; run++) {
            try (Service service = Service.packaged(java, Map.of("SIMULATOR_PROFILE", "zero"))) {
                add("start to first answer, s (target < 4)", service.startSeconds());
                service.send("POST", "/seed-data");
                String path = service.book() + "/generate-summary?refresh=true";
                Load.run(service.url(), "POST", path, FIFTY, SUMMARY_WARM_UP);
                Load.Result paced = Load.run(service.url(), "POST", path, FIFTY_PEOPLE, TIME);
                add("summary, `zero`, 50 concurrent every 200 ms: p50, ms (target < 5)", paced.p50Ms());
                add("summary, `zero`, 50 concurrent every 200 ms: p99, ms (target < 30)", paced.p99Ms());
                Load.Result full = Load.run(service.url(), "POST", path, FIFTY, TIME);
                add("summary, `zero`, 50 concurrent without a pause: p50, ms", full.p50Ms());
                add("summary, `zero`, 50 concurrent without a pause: p99, ms", full.p99Ms());
                add("summary, `zero`, 50 concurrent without a pause: a second", full.perSecond());
            }
        }
    }

    private void manySummaries() throws IOException, InterruptedException {
        for (int run = 0; run < RUNS; run++) {
            try (Service service = Service.packaged(java, Map.of("SIMULATOR_PROFILE", "zero"))) {
                service.send("POST", "/seed-data");
                String path = service.book() + "/generate-summary?refresh=true";
                Load.run(service.url(), "POST", path, FIFTY, SUMMARY_WARM_UP);
                String health = service.send("GET", "/health");
                URI simulator = URI.create(health.replaceAll("(?s).*\"simulatorUrl\":\"([^\"]+)\".*", "$1"));
                service.send("PUT", simulator.resolve("/admin/config"), THREE_SECONDS);
                Load.Result begun = Load.run(service.url(), "POST", path, THOUSAND_PEOPLE, Duration.ofSeconds(9));
                add("1,000 concurrent summaries, `fixed` 3 s, begun within 3 s: p50, ms", begun.p50Ms());
                add(
                        "1,000 concurrent summaries, `fixed` 3 s, begun within 3 s: p99, ms (target < 3500)",
                        begun.p99Ms());
                Load.Shape atOnce = Load.Shape.atOnce(1_000);
                Load.Result many = Load.run(service.url(), "POST", path, atOnce, Duration.ofSeconds(6));
                add("1,000 concurrent summaries, `fixed` 3 s, begun at once: p50, ms", many.p50Ms());
                add("1,000 concurrent summaries, `fixed` 3 s, begun at once: p99, ms (target < 3500)", many.p99Ms());
                add(
                        "1,000 concurrent summaries: peak resident MiB, simulator and MongoDB included (target < 600)",
                        service.peakMebibytes());
            }
        }
    }

    private void add(String name, double value) {
        rows.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    }

    private String table() {
        StringBuilder table = new StringBuilder("| " + LocalDate.now(ZoneOffset.UTC) + ", service on "
                + name(java) + ", "
                + Runtime.getRuntime().availableProcessors()
                + " cores, client on the same | median | least | most |\n|---|---|---|---|\n");
        rows.forEach((name, values) -> {
            List<Double> sorted = values.stream().sorted().toList();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f |%n",
                    name,
                    sorted.get(RUNS / 2),
                    sorted.get(0),
                    sorted.get(RUNS - 1)));
        });
        return table.toString();
    }
}
