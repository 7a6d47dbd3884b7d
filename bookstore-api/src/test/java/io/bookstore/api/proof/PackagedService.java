package io.bookstore.api.proof;

import static org.awaitility.Awaitility.await;

import io.bookstore.api.llm.provider.ConfiguredProvider;
import io.bookstore.testing.ChildProcess;
import io.bookstore.testing.Command;
import io.bookstore.testing.PackagedApi;
import io.bookstore.testing.Program;
import io.bookstore.testing.WaitLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The packaged jar as a process of its own, and a client for it. */
final class PackagedService implements AutoCloseable {

    private static final Path LOGS = Path.of("target", "proof");
    private static final Pattern ADDRESS = Pattern.compile("(Books|Health) +(http://[^/\\s]+)/");

    private static final ThreadLocal<@Nullable PackagedService> USED_LAST = new ThreadLocal<>();

    private final ChildProcess process;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> badErrors = new CopyOnWriteArrayList<>();
    private URI api = URI.create("http://127.0.0.1:9");
    private URI management = api;

    private PackagedService(ChildProcess process) {
        this.process = process;
    }

    /** Starts it and returns when it listens; whether it is ready is another question. */
    static PackagedService start(String name, Map<String, String> environment, String... prefix) {
        return listening(name, launch(name, environment, prefix));
    }

    /** Starts it once more than the tests need, with flags by which its JVM records something at its end. */
    static PackagedService recorded(List<String> flags) {
        return listening("recorded", launch("recorded", Map.of(), flags));
    }

    private static PackagedService listening(String name, PackagedService service) {
        Map<String, URI> addresses = new HashMap<>();
        await().until(() -> {
            if (!service.process.handle().isAlive()) {
                throw new IllegalStateException("No address of " + name + ": " + service.logTail());
            }
            Matcher line = ADDRESS.matcher(service.log());
            while (line.find()) {
                addresses.put(line.group(1), URI.create(line.group(2)));
            }
            return addresses.size() == 2;
        });
        service.api = addresses.getOrDefault("Books", service.api);
        service.management = addresses.getOrDefault("Health", service.api);
        return service;
    }

    /**
     * Starts it and returns at once.
     *
     * @param prefix a command that ends by executing its arguments, such as one that lowers a limit first
     */
    static PackagedService launch(String name, Map<String, String> environment, String... prefix) {
        return launch(name, environment, ClassesOfService.flags(), prefix);
    }

    private static PackagedService launch(
            String name, Map<String, String> environment, List<String> flags, String... prefix) {
        Command command = Command.java(128)
                .and(flags)
                .and("-jar", PackagedApi.JAR.toString())
                .through(prefix)
                .without(String.join("|", ConfiguredProvider.variables()))
                .without("(OTEL|MONGODB|REDIS|LLM|SIMULATOR|BOOKSTORE|MICRONAUT|AWS)_.*")
                .with(Map.of("MICRONAUT_SERVER_PORT", "0", "BOOKSTORE_DATA_DIR", "memory"))
                .with(Map.of("SIMULATOR_PORT", "0", "SIMULATOR_PROFILE", "zero"))
                .with(Map.of(
                        "BOOKSTORE_PARENT_PID",
                        String.valueOf(ProcessHandle.current().pid())))
                .with(environment);
        try {
            Path log = Files.createDirectories(LOGS).resolve(name + ".log");
            PackagedService service = new PackagedService(command.start(log));
            USED_LAST.set(service);
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the service that this thread started or asked last; null if it has used none. */
    static @Nullable PackagedService usedLast() {
        return USED_LAST.get();
    }

    /** Makes this thread one that has used no service. */
    static void forgetUse() {
        USED_LAST.remove();
    }

    URI api() {
        USED_LAST.set(this);
        return api;
    }

    URI management() {
        return management;
    }

    Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** Sends a request and waits; a body that is not empty is JSON unless a header says otherwise. */
    Answer send(String method, String path, String body, String... headers) {
        return later(method, path, body, headers).join();
    }

    /** Sends a request. */
    CompletableFuture<Answer> later(String method, String path, String body, String... headers) {
        return send(request(method, path, body, headers));
    }

    CompletableFuture<Answer> send(HttpRequest request) {
        USED_LAST.set(this);
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(response -> checked(response));
    }

    /** The request that {@link #send} would send. */
    HttpRequest request(String method, String path, String body, String... headers) {
        boolean managed = path.startsWith("/health") || path.startsWith("/metrics");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create((managed ? management : api) + path))
                .timeout(WaitLimit.LIMIT)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    HttpClient client() {
        return client;
    }

    private Answer checked(HttpResponse<String> response) {
        Answer answer = answer(response);
        // Readiness says 503 with a document of health, as the tools that ask it expect.
        if (answer.status() >= 400 && !response.uri().getPath().startsWith("/health")) {
            try {
                answer.assertProblem();
            } catch (AssertionError e) {
                badErrors.add(String.valueOf(e.getMessage()));
            }
        }
        return answer;
    }

    /** Every error so far that was no problem document, or one that tells too much. */
    List<String> badErrors() {
        return badErrors;
    }

    private static Answer answer(HttpResponse<String> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
        return new Answer(response.statusCode(), headers, response.body());
    }

    /** The sum of the samples of {@code /metrics} whose line starts with the name and contains every part. */
    double metric(String name, String... parts) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Stream.of(parts).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Everything it has said so far. */
    String log() {
        return process.log();
    }

    /** Tells whether it runs, and the end of what it has said, for the message of a failed test. */
    String logTail() {
        return process.endOfLog();
    }

    /** The same failure with a message that ends with what the service said last. */
    AssertionError withLogTail(Throwable failure) {
        AssertionError told = new AssertionError(failure + "\n" + logTail(), failure.getCause());
        told.setStackTrace(failure.getStackTrace());
        return told;
    }

    /** The number of sockets that it has open; Linux only. */
    long sockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(proc("fd"))) {
            return descriptors.filter(PackagedService::isSocket).count();
        }
    }

    /** Counts the connections of clients that it holds, of those whose client has gone too; Linux only. */
    long connections() throws IOException {
        String port = String.format(":%04X", api.getPort());
        Set<String> established = Set.of("01", "08");
        try (Stream<String> tcp = Files.lines(proc("net/tcp"));
                Stream<String> tcp6 = Files.lines(proc("net/tcp6"))) {
            return Stream.concat(tcp, tcp6)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields[1].endsWith(port) && established.contains(fields[3]))
                    .count();
        }
    }

    /** Its resident memory; Linux only. */
    long residentMb() throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024)
                .findFirst()
                .orElseThrow();
    }

    /** Allows it that many file descriptors beyond those it has open; false if this machine has no prlimit. */
    boolean limitDescriptors(int more) throws IOException, InterruptedException {
        long open;
        try (Stream<Path> descriptors = Files.list(proc("fd"))) {
            open = descriptors.count();
        }
        String pid = String.valueOf(process.handle().pid());
        return Program.find("prlimit")
                .map(prlimit -> prlimit.command("--pid", pid, "--nofile=" + (open + more))
                        .run())
                .filter(result -> result.exitCode() == 0)
                .isPresent();
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", String.valueOf(process.handle().pid()), file);
    }

    /** Sends a signal by its name, such as {@code STOP}. */
    void signal(String name) {
        process.signal(name);
    }

    /** Waits for its end. */
    int exitCode() {
        return process.exitCode();
    }

    /** Kills it, and what it has started. */
    @Override
    public void close() {
        process.kill();
    }
}
