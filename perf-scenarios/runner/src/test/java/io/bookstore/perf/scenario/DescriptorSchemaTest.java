package io.bookstore.perf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.promql.MetricCatalogue;
import io.bookstore.perf.testing.DescriptorSchema;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An editor and the scripts accept the same descriptors. */
class DescriptorSchemaTest {

    private static final DescriptorSchema schema = DescriptorSchema.published();

    private static final String SOUND = """
            name: orders
            baseUrl: http://localhost:9
            operations: { summary: { method: GET, path: / } }
            """;

    @Test
    void schemaHasTheKeysOfTheScriptsInTheirOrder() throws IOException {
        Map<String, List<String>> accepted = new TreeMap<>();
        Literal.exported(
                        "KEYS",
                        "lib/descriptor.js",
                        Files.readString(Checkout.scripts().resolve("lib/descriptor.js")))
                .orElseThrow()
                .entries()
                .forEach((kind, keys) -> accepted.put(
                        kind, keys.elements().stream().map(Literal::text).toList()));

        Map<String, List<String>> described = new TreeMap<>(Map.of("", properties(schema.document())));
        schema.document().path("definitions").properties().stream()
                .filter(definition -> definition.getValue().has("properties"))
                .forEach(definition -> described.put(definition.getKey(), properties(definition.getValue())));
        assertThat(described).isEqualTo(accepted);
    }

    @Test
    void everyKeyIsDescribed() {
        assertThat(objects(schema.document()))
                .hasSizeGreaterThan(10)
                .allSatisfy(object -> assertThat(object.path("properties").properties())
                        .allSatisfy(key -> assertThat(
                                        key.getValue().path("description").asText())
                                .as(key.getKey())
                                .endsWith(".")));
    }

    @Test
    void sourcesOfMetricsAreThoseOfTheCatalogue() throws IOException {
        Set<String> known =
                MetricCatalogue.parse(Files.readString(Checkout.root().resolve("dashboards/metrics.yaml")))
                        .metrics()
                        .values()
                        .stream()
                        .map(MetricCatalogue.Metric::from)
                        .filter(source -> !source.equals(MetricCatalogue.PROMETHEUS))
                        .collect(Collectors.toSet());

        List<String> listed = new ArrayList<>();
        schema.document()
                .at("/definitions/metrics/properties/emits/items/enum")
                .forEach(source -> listed.add(source.asText()));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(known);
    }

    @ParameterizedTest
    @MethodSource
    void everyExampleIsValid(Path example) throws IOException {
        assertThat(schema.findings(Files.readString(example))).isEmpty();
        assertThat(example).content().startsWith("# yaml-language-server: $schema=descriptor.schema.json\n");
    }

    static List<Path> everyExampleIsValid() throws IOException {
        try (Stream<Path> files = Files.list(Checkout.scripts().resolve("targets"))) {
            return files.filter(file -> file.toString().endsWith(".yml")).toList();
        }
    }

    @Test
    void exampleOfThePageIsValid() throws IOException {
        String page = Files.readString(Checkout.root().resolve("perf-scenarios/docs/targets.md"));
        String example = page.lines()
                .dropWhile(line -> !line.startsWith("    name: "))
                .takeWhile(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));

        assertThat(schema.findings(example)).isEmpty();
        assertThat(schema.findings(SOUND)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            timeOut: 60s                                                      | 'timeOut'
            timeout: 60 seconds                                               | /timeout
            paid: perhaps                                                     | /paid
            headers: [X-Tenant]                                               | /headers
            health: { path: /health }                                         | 'method'
            seed: { method: POST, path: /, expect: ok }                       | /seed/expect
            token: { url: /token, clientId: a, clientSecret: b }              | /token/url
            token: { url: 'http://a/token', clientId: a }                     | 'clientSecret'
            token: { url: 'http://a/token', clientId: 7, clientSecret: b }    | /token/clientId
            token: { url: 'http://a/token', secret: b }                       | 'secret'
            operations: { summary: { method: GET, path: /, stream: { format: xml, text: text, end: end } } } | /operations/summary/stream/format
            operations: { summary: { method: GET, path: /, stream: { format: sse, text: text } } }           | 'end'
            operations: { summary: { method: GET, path: /, stream: { format: sse, end: end } } }             | 'text'
            operations: { summary: { method: GET, path: /, stream: { format: sse-text, text: text, end: end } } }           | /operations/summary/stream/text
            operations: { summary: { method: GET, path: /, stream: { format: sse-text, only: { type: a }, end: end } } }    | /operations/summary/stream/only
            operations: { summary: { method: GET, path: /, stream: { format: sse, text: text, end: {} } } }                 | /operations/summary/stream/end
            operations: { summary: { method: GET, path: /, stream: { format: sse, text: text, only: [a], end: end } } }      | /operations/summary/stream/only
            operations: { other: { method: GET, path: /, stream: { format: sse, txt: text, end: end } } }    | 'txt'
            operations: { summary: { method: POST, path: /, conversation: { turns: 3 } } }                      | 'followUps'
            operations: { summary: { method: POST, path: /, conversation: { turns: 0, followUps: [More.] } } }  | /operations/summary/conversation/turns
            operations: { summary: { method: POST, path: /, conversation: { turn: 3, followUps: [More.] } } }   | 'turn'
            operations: { summary: { method: POST, path: /, lengths: { median: 200 } } }                        | 'p95'
            operations: { summary: { method: POST, path: /, lengths: { median: 0, p95: 9 } } }                  | /operations/summary/lengths/median
            operations: { summary: { method: POST, path: /, lengths: { median: 1, p95: 9, quantiles: [1, 9] } } } | /operations/summary/lengths
            operations: { summary: { method: POST, path: /, numbers: { tokens: { quantiles: [9] } } } }         | /operations/summary/numbers/tokens/quantiles
            operations: { summary: { method: POST, path: /, numbers: { max-tokens: { least: 1, most: 9 } } } }  | /operations/summary/numbers
            roles: { reader: { browse: 0 } }                                  | /roles/reader/browse
            roles: { reader: {} }                                             | /roles/reader
            items: { method: GET, path: / }                                   | /items
            items: { values: [] }                                             | /items/values
            items: { values: [{ title: Emma }], file: books.csv }             | /items
            items: { file: books.txt }                                        | /items/file
            errors: [{ name: error, method: GET, path: /, weight: 0 }]        | /errors/0/weight
            chaos: { brake: { method: GET, path: / } }                        | 'brake'
            chaos: { simulator: { method: GET, path: /health } }              | 'field'
            answer: { txt: text }                                             | 'txt'
            metrics: here                                                     | /metrics
            metrics: { dialekt: micrometer }                                  | 'dialekt'
            metrics: { dialect: statsd }                                      | /metrics/dialect
            metrics: { serviceLabel: app-name }                               | /metrics/serviceLabel
            metrics: { serviceValue: '"a"' }                                  | /metrics/serviceValue
            metrics: { port: 70000 }                                          | /metrics/port
            metrics: { path: metrics }                                        | /metrics/path
            metrics: { routes: { browse: /a } }                               | 'browse'
            metrics: { emits: jvm }                                           | /metrics/emits
            metrics: { emits: [mongdb] }                                      | /metrics/emits/0
            metrics: { rename: { outcome: a-b } }                             | /metrics/rename/outcome
            """)
    void mistakeIsFoundAtItsPlace(String mistake, String place) {
        String key = mistake.substring(0, mistake.indexOf(':'));

        String broken = SOUND.replaceAll("(?m)^" + key + ": .*\n", "") + mistake;

        assertThat(schema.findings(broken))
                .anySatisfy(finding -> assertThat(finding).contains(place));
    }

    @ParameterizedTest
    @CsvSource({"name", "baseUrl", "operations"})
    void descriptorNeedsThreeKeys(String key) {
        assertThat(schema.findings(SOUND.replaceAll("(?m)^" + key + ": .*\n", "")))
                .anySatisfy(finding -> assertThat(finding).contains("'" + key + "'"));
    }

    private static Stream<JsonNode> objects(JsonNode node) {
        Stream<JsonNode> inside = node.valueStream().flatMap(DescriptorSchemaTest::objects);
        return node.has("properties") ? Stream.concat(Stream.of(node), inside) : inside;
    }

    private static List<String> properties(JsonNode object) {
        return object.path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }
}
