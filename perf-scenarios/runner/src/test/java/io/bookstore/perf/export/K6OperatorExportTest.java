package io.bookstore.perf.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class K6OperatorExportTest {

    private static final Path kit = Path.of("k6");
    private static final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void testRunIsWhatTheOperatorTakes() throws IOException {
        JsonNode testRun =
                parsed(export(kit.resolve("tests/ai-summary.js"), "perf").testRun());

        assertThat(schema().validate(testRun)).isEmpty();
        assertThat(testRun.at("/metadata/namespace").asText()).isEqualTo("perf");
        assertThat(testRun.at("/spec/parallelism").asInt()).isEqualTo(2);
        assertThat(testRun.at("/spec/script/localFile").asText()).isEqualTo("/k6-scripts/tests/ai-summary.js");
        assertThat(testRun.at("/spec/runner/env/0/name").asText()).isEqualTo("BASE_URL");
        assertThat(testRun.at("/spec/runner/env/0/value").asText()).isEqualTo("http://bookstore:7002");
        assertThat(testRun.at("/spec/arguments").asText()).startsWith("--out json=- ");
    }

    @Test
    void secretComesFromASecretOfTheClusterAndStandsInNoManifest() throws IOException {
        K6OperatorExport export = new K6OperatorExport(
                "ai-load",
                null,
                kit.resolve("tests/ai-summary.js"),
                kit,
                Map.of("API_KEY", "quite-secret", "BASE_URL", "http://bookstore:7002"),
                1,
                "grafana/k6:1.7.1",
                null);

        JsonNode testRun = parsed(export.testRun());

        assertThat(schema().validate(testRun)).isEmpty();
        assertThat(testRun.toString()).doesNotContain("quite-secret");
        assertThat(testRun.at("/spec/runner/env/0/name").asText()).isEqualTo("API_KEY");
        assertThat(testRun.at("/spec/runner/env/0/valueFrom/secretKeyRef"))
                .isEqualTo(json.readTree("{\"name\":\"ai-load\",\"key\":\"API_KEY\"}"));
        assertThat(export.secrets()).containsExactly("API_KEY");
    }

    @Test
    void descriptorIsAmongTheScriptsAndItsVariablesComeFromTheSecret() throws IOException {
        K6OperatorExport export = new K6OperatorExport(
                "orders-ai-load",
                null,
                kit.resolve("tests/ai-summary.js"),
                kit,
                Map.of("BASE_URL", "http://orders:8080"),
                1,
                "grafana/k6:1.7.1",
                new PodDescriptor(
                        Path.of("orders.yml"),
                        "orders",
                        "name: orders\n",
                        Set.of("TENANT"),
                        List.of(),
                        Map.of("data/books.csv", "title\nEmma\n")));

        JsonNode testRun = parsed(export.testRun());

        assertThat(schema().validate(testRun)).isEmpty();
        assertThat(parsed(export.configMap()).at("/data/targets__orders.yml").asText())
                .isEqualTo("name: orders\n");
        assertThat(testRun.at("/spec/runner/env").toString())
                .contains("{\"name\":\"TARGET\",\"value\":\"orders\"}", "\"key\":\"TENANT\"");
        assertThat(testRun.at("/spec/runner/volumes/0/configMap/items").findValuesAsText("path"))
                .contains("targets/orders.yml", "targets/data/books.csv");
        assertThat(export.secrets()).containsExactly("TENANT");
    }

    @Test
    void secretFilesOfADescriptorAreVolumesThatKubernetesTakes() throws IOException {
        K6OperatorExport export = new K6OperatorExport(
                "orders-ai-load",
                "perf",
                kit.resolve("tests/ai-summary.js"),
                kit,
                Map.of("BASE_URL", "http://orders:8080"),
                1,
                "grafana/k6:1.7.1",
                new PodDescriptor(
                        Path.of("orders.yml"),
                        "orders",
                        "name: orders\n",
                        Set.of("TENANT"),
                        List.of("./keys/a key", "/etc/llm/token"),
                        Map.of()));

        JsonNode runner = parsed(export.testRun()).at("/spec/runner");

        assertThat(schema().validate(parsed(export.testRun()))).isEmpty();
        assertThat(runner.at("/volumes/0/projected/sources/1/secret"))
                .isEqualTo(json.readTree("{\"name\":\"orders-ai-load\",\"items\":"
                        + "[{\"key\":\"targets__keys__a__key\",\"path\":\"targets/keys/a key\"}]}"));
        assertThat(runner.at("/volumeMounts/1"))
                .isEqualTo(json.readTree("{\"name\":\"secrets\",\"mountPath\":\"/etc/llm/token\","
                        + "\"subPath\":\"etc__llm__token\",\"readOnly\":true}"));
        assertThat(export.secretCommand())
                .hasValue("kubectl create secret generic orders-ai-load --namespace perf --from-literal=TENANT=..."
                        + " --from-file=etc__llm__token=/etc/llm/token --from-file='targets__keys__a__key=keys/a key'");
    }

    @Test
    void schemaFindsAMisspeltField() throws IOException {
        Map<String, Object> testRun =
                export(kit.resolve("tests/ai-summary.js"), null).testRun();
        testRun.put("specs", testRun.remove("spec"));

        assertThat(schema().validate(parsed(testRun))).isNotEmpty();
    }

    @Test
    void volumePutsEveryFileOfTheConfigMapWhereTheScriptsImportIt() throws IOException {
        K6OperatorExport export = export(kit.resolve("tests/ai-summary.js"), null);
        JsonNode data = parsed(export.configMap()).path("data");
        JsonNode items = parsed(export.testRun()).at("/spec/runner/volumes/0/configMap/items");

        assertThat(items).hasSize(data.size());
        for (JsonNode item : items) {
            Path file = kit.resolve(item.path("path").asText());
            assertThat(data.path(item.path("key").asText()).asText()).isEqualTo(Files.readString(file));
        }
        assertThat(items.findValuesAsText("path"))
                .contains(
                        "tests/ai-summary.js",
                        "lib/llm.js",
                        "thresholds.js",
                        "vendor/js-yaml.js",
                        "targets/bookstore.yml");
    }

    @Test
    void scriptOfOnesOwnComesWithItsFolder() throws IOException {
        Path script = Files.writeString(folder.resolve("mine.js"), "import './data.json';\nexport default () => {};\n");
        Files.writeString(folder.resolve("data.json"), "{}");
        Files.writeString(folder.resolve("notes.md"), "not for the pods");

        JsonNode data = parsed(export(script, null).configMap()).path("data");

        assertThat(data.properties()).extracting(Map.Entry::getKey).containsExactly("data.json", "mine.js");
    }

    @Test
    void moreThanAConfigMapHoldsIsRefused() throws IOException {
        Path script = Files.writeString(folder.resolve("mine.js"), "export default () => {};");
        Files.writeString(folder.resolve("big.csv"), "é".repeat(524_288));

        assertThatThrownBy(() -> export(script, null).configMap())
                .isInstanceOf(PerfException.class)
                .hasMessage(
                        "The scripts beside " + script + " have 1,048,600 bytes, and a ConfigMap of Kubernetes holds"
                                + " 1,048,576: move the script with what it reads into a folder of its own.");
    }

    @Test
    void secretFileOfADescriptorAmongTheScriptsIsInNoConfigMap() throws IOException {
        Path script = Files.writeString(folder.resolve("mine.js"), "export default () => {};\n");
        Files.writeString(folder.resolve("orders.yml"), "headers: { X-Api-Key: \"${file:keys/../token.txt}\" }\n");
        Files.writeString(folder.resolve("token.txt"), "quite-secret");

        JsonNode data = parsed(export(script, null).configMap()).path("data");

        assertThat(data.properties()).extracting(Map.Entry::getKey).containsExactly("mine.js", "orders.yml");
    }

    @Test
    void filesWhoseNamesDifferInASignHaveKeysOfTheirOwn() throws IOException {
        Path script = Files.writeString(folder.resolve("mine.js"), "export default () => {};\n");
        Files.writeString(folder.resolve("my books.csv"), "title\nEmma\n");
        Files.writeString(folder.resolve("my__books.csv"), "title\nDracula\n");
        K6OperatorExport export = export(script, null);

        JsonNode data = parsed(export.configMap()).path("data");
        JsonNode items = parsed(export.testRun()).at("/spec/runner/volumes/0/configMap/items");

        assertThat(data.path("my__books.csv").asText()).isEqualTo("title\nEmma\n");
        assertThat(data.path("my__books.csv-2").asText()).isEqualTo("title\nDracula\n");
        assertThat(items)
                .contains(
                        json.readTree("{\"key\":\"my__books.csv\",\"path\":\"my books.csv\"}"),
                        json.readTree("{\"key\":\"my__books.csv-2\",\"path\":\"my__books.csv\"}"));
    }

    @Test
    void addressWithAPasswordInADescriptorBesideTheScriptIsRefused() throws IOException {
        Path script = Files.writeString(folder.resolve("mine.js"), "export default () => {};\n");
        Path other =
                Files.writeString(folder.resolve("other.yml"), "name: other\nbaseUrl: http://me:quite-secret@host\n");

        assertThatThrownBy(() -> export(script, null).configMap())
                .isInstanceOf(PerfException.class)
                .hasMessage(
                        other
                                + ", line 2: this baseUrl has a user or a password before its host, which would stand in the"
                                + " ConfigMap: send them as a header Authorization of the descriptor, with ${NAME} or ${file:PATH}.");
    }

    private static K6OperatorExport export(Path script, @Nullable String namespace) {
        return new K6OperatorExport(
                "ai-load",
                namespace,
                script,
                kit,
                Map.of("BASE_URL", "http://bookstore:7002"),
                2,
                "grafana/k6:1.7.1",
                null);
    }

    private static JsonNode parsed(Map<String, Object> object) {
        return json.valueToTree(new Yaml().load(Manifests.yaml(object)));
    }

    private static Schema schema() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(K6OperatorExportTest.class.getResourceAsStream("testrun.schema.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(json.readTree(in));
        }
    }
}
