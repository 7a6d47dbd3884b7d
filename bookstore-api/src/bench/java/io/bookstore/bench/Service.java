package io.bookstore.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service in a process of its own, so that its memory and its start are its alone. */
final class Service implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("Books +(http://[^/\\s]+)/");
    private static final Path TARGET = Path.of("target");
    private static final double KIB_PER_MIB = 1024;

    /** The options that {@code docs/performance.md} recommends for a small machine. */
    private static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx320m", "-Xmn64m");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI url;
    private final double startSeconds;

    private Service(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        long started = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        process = builder.start();
        url = address(process.inputReader());
        send("GET", "/api/v1/Books?pageSize=1");
        startSeconds = (System.nanoTime() - started) / 1e9;
    }

    /** The packaged service as users start it. */
    static Service packaged(Path java, Map<String, String> environment) throws IOException, InterruptedException {
        Map<String, String> complete = new HashMap<>(environment);
        complete.put("MICRONAUT_SERVER_PORT", "0");
        complete.put("SIMULATOR_PORT", "0");
        complete.put("BOOKSTORE_DATA_DIR", "memory");
        complete.put(
                "BOOKSTORE_PARENT_PID", String.valueOf(ProcessHandle.current().pid()));
        return new Service(
                complete,
                command(java, "-jar", TARGET.resolve("bookstore-api.jar").toString()));
    }

    /** The bare routes, without the jars of what they do not have. */
    static Service bare(Path java, Map<String, String> environment) throws IOException, InterruptedException {
        String jars;
        try (Stream<Path> lib = Files.list(TARGET.resolve("lib"))) {
            jars = lib.filter(
                            jar -> !jar.getFileName()
                                    .toString()
                                    .matches(
                                            "(micronaut-(security|tracing|micrometer|openapi)|opentelemetry|micrometer|llm-).*"))
                    .map(Path::toString)
                    .collect(Collectors.joining(System.getProperty("path.separator")));
        }
        String classpath = TARGET.resolve("test-classes") + System.getProperty("path.separator") + jars;
        return new Service(environment, command(java, "-cp", classpath, "io.bookstore.bench.bare.BareService"));
    }

    private static List<String> command(Path java, String... program) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of(program));
        return command;
    }

    /** The running JDK, and before it JDK 25 if there is one beside it. */
    static List<Path> javas() throws IOException {
        Path running = Path.of(System.getProperty("java.home"));
        List<Path> all = new ArrayList<>();
        if (Runtime.version().feature() != 25) {
            try (Stream<Path> beside = Files.list(running.getParent())) {
                beside.filter(home -> home.getFileName().toString().matches(".*\\b25\\b.*"))
                        .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                        .min(Comparator.naturalOrder())
                        .ifPresent(all::add);
            }
        }
        all.add(running);
        return all.stream().map(home -> home.resolve("bin").resolve("java")).toList();
    }

    private static URI address(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                drain(out);
                return URI.create(address.group(1));
            }
        }
        throw new IOException("The service ended before it listened");
    }

    private static void drain(BufferedReader out) {
        Thread thread = new Thread(() -> out.lines().forEach(line -> {}), "drain");
        thread.setDaemon(true);
        thread.start();
    }

    URI url() {
        return url;
    }

    /** The time from the start of the process to its first answer. */
    double startSeconds() {
        return startSeconds;
    }

    /** Processor time of the process since its start, in ms. */
    double processorMs() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
    }

    /** The most that was resident at any time, in MiB; Linux only. */
    double peakMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                .findFirst()
                .orElseThrow();
    }

    /** The path of its first book. */
    String book() throws IOException, InterruptedException {
        return "/api/v1/Books/"
                + send("GET", "/api/v1/Books?pageSize=1").replaceAll("(?s).*?\"id\":\"([0-9a-f]{24}).*", "$1");
    }

    String send(String method, String path) throws IOException, InterruptedException {
        return send(method, url.resolve(path), "");
    }

    String send(String method, URI address, String body) throws IOException, InterruptedException {
        var response = http.send(
                HttpRequest.newBuilder(address)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(
                    method + " " + address + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
