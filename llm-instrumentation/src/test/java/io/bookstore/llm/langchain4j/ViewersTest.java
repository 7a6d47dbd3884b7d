package io.bookstore.llm.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.semconv.Profile;
import io.bookstore.testing.OtlpReceiver;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings of the page bring to each viewer, by OTLP, what its source reads ({@code viewers.json}). */
@DisabledIfSystemProperty(
        named = "opentelemetry.version",
        matches = ".+",
        disabledReason = "the exporter is of the version that the build manages")
class ViewersTest {

    private static final Path PAGE = Path.of("docs/viewers.md");
    private static final Pattern SETTING = Pattern.compile("^([A-Z_]+)=\"?(.*?)\"?$", Pattern.MULTILINE);
    private static final Map<String, Class<?>> TYPES = Map.of(
            "string", String.class,
            "int", Long.class,
            "double", Double.class,
            "boolean", Boolean.class,
            "string[]", List.class);

    @ParameterizedTest
    @MethodSource("viewers")
    void viewerFindsWhatItReads(Viewer viewer) throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            // when
            Map<String, Span> spans = spansOfEachKind(settings(viewer), receiver);

            // then
            assertThat(viewer.reads()).isNotEmpty().allSatisfy(row -> {
                assertThat(attributes(spans, row))
                        .as("attributes of %s", row.on())
                        .containsKey(row.attribute());
                assertThat(attributes(spans, row).get(row.attribute()))
                        .as("%s of %s", row.attribute(), row.on())
                        .isInstanceOf(TYPES.get(row.type()));
            });
            assertThat(viewer.never())
                    .allSatisfy(row -> assertThat(attributes(spans, row))
                            .as("attributes of %s, where %s is %s", row.on(), row.attribute(), row.shows())
                            .doesNotContainKey(row.attribute()));
            assertThat(spans.get("failed").getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        }
    }

    @ParameterizedTest
    @MethodSource("viewers")
    void settingReachesThePathOfTheViewerWithItsKey(Viewer viewer) throws Exception {
        Map<String, String> settings = settings(viewer);
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            spansOfEachKind(settings, receiver);

            assertThat(receiver.paths())
                    .containsExactly(URI.create(settings.get("OTEL_EXPORTER_OTLP_ENDPOINT"))
                                    .getPath() + "/v1/traces");
            if (settings.containsKey("OTEL_EXPORTER_OTLP_HEADERS")) {
                assertThat(receiver.authorizations()).isNotEmpty().allMatch(header -> header.endsWith(" key"));
            } else {
                assertThat(receiver.authorizations()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("viewers")
    void tableOfThePageIsThatOfTheFile(Viewer viewer) throws Exception {
        StringBuilder table = new StringBuilder("| Shows | Attribute | Type | On |\n|---|---|---|---|\n");
        viewer.reads()
                .forEach(row -> table.append(
                        "| %s | `%s` | %s | %s |\n".formatted(row.shows(), row.attribute(), row.type(), row.on())));

        assertThat(section(viewer))
                .contains("<!-- " + viewer.viewer() + " -->\n" + table + "<!-- /" + viewer.viewer() + " -->");
    }

    @ParameterizedTest
    @MethodSource("viewers")
    void pageNamesTheVersionAndTheSources(Viewer viewer) throws Exception {
        assertThat(section(viewer)).contains(viewer.version()).contains(viewer.sources());
    }

    @Test
    void langfuseGetsTokensAndDollarsAsDisjointParts() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Map<String, Object> chat = OtlpReceiver.attributes(
                    spansOfEachKind(settings(viewer("Langfuse")), receiver).get("chat"));

            assertThat(chat)
                    .containsEntry(
                            "langfuse.observation.usage_details",
                            "{\"input\":40,\"input_cached_tokens\":60,\"output\":30,\"output_reasoning_tokens\":20}")
                    // 40 x 0.15 + 60 x 0.075 + 50 x 0.60 dollars per million
                    .containsEntry("langfuse.observation.cost_details", "{\"total\":0.000040500}");
        }
    }

    /** Makes a call of each kind with the page's settings, which differ in the host alone, and returns their spans. */
    private static Map<String, Span> spansOfEachKind(Map<String, String> settings, OtlpReceiver receiver)
            throws Exception {
        Map<String, String> properties =
                new HashMap<>(Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none"));
        settings.forEach(
                (name, value) -> properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value));
        properties.computeIfPresent(
                "otel.exporter.otlp.endpoint",
                (name, url) -> receiver.endpoint() + URI.create(url).getPath());
        try (OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                        .disableShutdownHook()
                        .addPropertiesSupplier(() -> properties)
                        .build()
                        .getOpenTelemetrySdk();
                ViewerCalls calls = new ViewerCalls(GenAiTelemetry.builder(sdk)
                        .profiles(profiles(settings))
                        .content(ContentPolicy.everything())
                        .build())) {
            Map<String, Span> spans = new TreeMap<>();
            calls.chat();
            spans.put("chat", newest(sdk, receiver, "chat "));
            calls.streamed();
            spans.put("streamed", newest(sdk, receiver, "chat "));
            calls.embeddings();
            spans.put("embeddings", newest(sdk, receiver, "embeddings "));
            calls.failed();
            spans.put("failed", newest(sdk, receiver, "chat "));
            calls.agent();
            spans.put("agent", newest(sdk, receiver, "invoke_agent "));
            spans.put("tool", newest(sdk, receiver, "execute_tool "));
            spans.put("agent's call", newest(sdk, receiver, "chat "));
            return spans;
        }
    }

    private static Span newest(OpenTelemetrySdk sdk, OtlpReceiver receiver, String name) {
        assertThat(sdk.getSdkTracerProvider()
                        .forceFlush()
                        .join(2, TimeUnit.MINUTES)
                        .isSuccess())
                .isTrue();
        List<Span> spans = receiver.spans().stream()
                .filter(span -> span.getName().startsWith(name))
                .toList();
        return spans.get(spans.size() - 1);
    }

    private static Profile[] profiles(Map<String, String> settings) {
        return Arrays.stream(settings.getOrDefault("LLM_INSTRUMENTATION_PROFILES", "kit")
                        .split(","))
                .map(name -> Profile.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                .toArray(Profile[]::new);
    }

    private static Map<String, Object> attributes(Map<String, Span> spans, Row row) {
        assertThat(spans).containsKey(row.on());
        return OtlpReceiver.attributes(spans.get(row.on()));
    }

    private static Map<String, String> settings(Viewer viewer) throws IOException {
        return SETTING.matcher(section(viewer))
                .results()
                .collect(Collectors.toMap(
                        setting -> setting.group(1), setting -> setting.group(2).replaceAll("\\$[A-Z_]+", "key")));
    }

    private static String section(Viewer viewer) throws IOException {
        String page = Files.readString(PAGE);
        String title = "\n## " + viewer.viewer() + "\n";
        assertThat(page).containsOnlyOnce(title);
        String rest = page.substring(page.indexOf(title) + title.length());
        return rest.contains("\n## ") ? rest.substring(0, rest.indexOf("\n## ")) : rest;
    }

    private static Viewer viewer(String name) throws IOException {
        return viewers().stream()
                .filter(viewer -> viewer.viewer().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Viewer> viewers() throws IOException {
        try (InputStream file = ViewersTest.class.getResourceAsStream("/viewers.json")) {
            return new ObjectMapper().readValue(file, new TypeReference<>() {});
        }
    }

    /**
     * @param version of the viewer, or since when it reads that
     * @param sources where the viewer reads it, or its documentation
     * @param reads   what it shows
     * @param never   what it would count twice
     */
    record Viewer(String viewer, String version, List<String> sources, List<Row> reads, List<Row> never) {

        @Override
        public String toString() {
            return viewer;
        }
    }

    /** @param on the call whose span has the attribute */
    record Row(String on, String attribute, String type, String shows) {}
}
