package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.console.runs.RunQueue;
import io.bookstore.console.runs.RunView;
import io.bookstore.console.runs.ScenarioList;
import io.bookstore.console.service.ServiceMonitor;
import io.bookstore.console.traces.TraceRing;
import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Program;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A console on a free port, shared by the tests of a class: each sends as a service of its own and looks at that one. */
final class TestConsole implements AfterAllCallback, AutoCloseable {

    /** An address of this machine where nothing answers. */
    static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    private final Path reports;
    private final RunQueue runs;
    private final ConsoleServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    /** A console with the kit's scripts and no reports, which nobody asks to run anything. */
    TestConsole() {
        this(newReports(), Checkout.root().resolve("perf-scenarios/k6"), List.of("no-program"));
    }

    /** A console that knows a simulator. */
    TestConsole(URI simulator) {
        this(newReports(), Checkout.root().resolve("perf-scenarios/k6"), List.of("no-program"), simulator);
    }

    /** A console that knows a service. */
    TestConsole(ServiceMonitor service) {
        this(newReports(), Checkout.root().resolve("perf-scenarios/k6"), List.of("no-program"), null, service);
    }

    /** @param program starts {@code llm-perf} */
    TestConsole(Path reports, Path scripts, List<String> program) {
        this(reports, scripts, program, null);
    }

    private TestConsole(Path reports, Path scripts, List<String> program, @Nullable URI simulator) {
        this(reports, scripts, program, simulator, new ServiceMonitor(NOWHERE));
    }

    private TestConsole(
            Path reports, Path scripts, List<String> program, @Nullable URI simulator, ServiceMonitor service) {
        this.reports = reports;
        runs = new RunQueue(reports, new ScenarioList(scripts), program, Clock.systemUTC());
        server = ConsoleServer.start(0, new TraceRing(), runs, simulator, service);
    }

    /**
     * The real command, in one JVM: these tests are not about its speed.
     *
     * @param environment variables of it, such as {@code TARGET=my-service.yml}
     */
    static List<String> command(String... environment) {
        List<String> command = new ArrayList<>();
        command.add(Program.orSkip("env", "coreutils").path().toString());
        command.add("K6_ENGINE=embedded");
        command.addAll(List.of(environment));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                PerfCommand.class.getName()));
        return command;
    }

    static Path newReports() {
        try {
            return Files.createTempDirectory("console-reports");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path reports() {
        return reports;
    }

    RunQueue runs() {
        return runs;
    }

    /** Code that writes spans. */
    interface Service {
        void run(OpenTelemetrySdk telemetry) throws Exception;
    }

    String address() {
        return server.address();
    }

    int port() {
        return URI.create(address()).getPort();
    }

    /**
     * Lets code write spans with OpenTelemetry's SDK, and sends them with its exporter: protobuf, compressed. In a batch, for the flush of a
     * {@code SimpleSpanProcessor} of SDK 1.68 never ends if an export ends while it counts them.
     */
    void send(String service, Service code) throws Exception {
        SdkTracerProvider spans = SdkTracerProvider.builder()
                .setResource(Resource.create(
                        Attributes.builder().put("service.name", service).build()))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(address() + "/v1/traces")
                                .setCompression("gzip")
                                .build())
                        .build())
                .build();
        try (OpenTelemetrySdk sdk =
                OpenTelemetrySdk.builder().setTracerProvider(spans).build()) {
            code.run(sdk);
            if (!spans.forceFlush().join(5, TimeUnit.MINUTES).isSuccess()) {
                throw new AssertionError("the console has not taken the spans");
            }
        }
    }

    /** Sends one span with these attributes; returns its trace id. */
    String send(String service, Attributes attributes) throws Exception {
        StringBuilder id = new StringBuilder();
        send(service, sdk -> {
            Span span = sdk.getTracer("test").spanBuilder("call").startSpan();
            span.setAllAttributes(attributes).end();
            id.append(span.getSpanContext().getTraceId());
        });
        return id.toString();
    }

    HttpResponse<String> post(String path, String type, byte[] body, String... headers) throws Exception {
        return send("POST", path, type, body, headers);
    }

    HttpResponse<String> send(String method, String path, String type, byte[] body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends JSON, whose quotes may be single ones. */
    HttpResponse<String> post(String path, String body) throws Exception {
        return post(path, "application/json", bytes(body));
    }

    /** The same to change something. */
    HttpResponse<String> put(String path, String body) throws Exception {
        return send("PUT", path, "application/json", bytes(body));
    }

    private static byte[] bytes(String body) {
        return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** Asks for a run; returns its id. */
    String start(String request) throws Exception {
        HttpResponse<String> answer = post("/api/runs", request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json.readTree(answer.body()).path("id").asText();
    }

    /** Waits until a run has one of these states, and returns it. */
    JsonNode await(String run, String... states) {
        return Awaitility.await()
                .until(
                        () -> json("/api/runs/" + run),
                        view -> List.of(states).contains(view.path("status").asText()));
    }

    /** Ends every run at once, those that wait too, and returns when none is left. */
    void endRuns() throws Exception {
        for (RunView run : runs.active()) {
            post("/api/runs/" + run.id() + "/cancel", "");
            post("/api/runs/" + run.id() + "/cancel", "");
        }
        Awaitility.await().until(() -> runs.active().isEmpty());
    }

    /** Agrees to the bill of a service that is paid. */
    void agree(String run) throws Exception {
        JsonNode asking = await(run, "asking", "failed");
        assertThat(asking.at("/live/cost/sentence").asText())
                .as(asking.toString())
                .contains("cost about $");
        post("/api/runs/" + run + "/answer", "{'agree':true}");
    }

    /** Waits until a run has told its first figures, and returns it. */
    JsonNode awaitFigures(String run) {
        return Awaitility.await()
                .until(
                        () -> json("/api/runs/" + run),
                        view -> view.at("/live/figures").isObject());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return json.readTree(get(path).body());
    }

    JsonNode calls(String service, String parameters) throws IOException, InterruptedException {
        return json("/api/calls?service=" + service + parameters).path("calls");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        close();
        if (Files.exists(reports)) {
            try (Stream<Path> files = Files.walk(reports)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    /** Ends it as Ctrl-C does; the reports stay. */
    @Override
    public void close() {
        server.close();
        runs.close();
    }
}
