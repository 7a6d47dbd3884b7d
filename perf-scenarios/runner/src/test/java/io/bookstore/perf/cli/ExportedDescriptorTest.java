package io.bookstore.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.testing.HelpdeskService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** The manifests of {@code llm-perf export k6-operator} for the descriptor of another service. */
class ExportedDescriptorTest {

    private static final String ORDERS = """
            name: orders
            baseUrl: http://localhost:9
            paid: false
            health: { method: GET, path: /healthz }
            headers: { Authorization: "Bearer ${file:keys/token}" }
            items: { file: data/questions.csv }
            operations:
              summary: { method: POST, path: /api/chat, body: { question: "{question}" } }
            answer: { text: reply.text }
            """;

    @TempDir
    private Path folder;

    private final PerfProcess perf = new PerfProcess();

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("keys")).resolve("token"), HelpdeskService.TOKEN + "\n");
        Files.writeString(
                Files.createDirectories(folder.resolve("data")).resolve("questions.csv"), "question\nWhy?\nWhen?\n");
    }

    @Test
    void podsFindDescriptorDataAndSecretWhereTheScriptsReadThem() throws IOException {
        assertThat(export(ORDERS)).as(perf.err()).isZero();

        assertThat(perf.out())
                .contains(
                        "Before it is applied, in the folder of the descriptor: kubectl create secret generic ai-smoke"
                                + " --from-file=targets__keys__token=keys/token");
        try (Stream<Path> written = Files.list(manifests())) {
            assertThat(written.toList())
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(file).content().doesNotContain(HelpdeskService.TOKEN));
        }
        Path pod = mounted(Map.of("targets__keys__token", HelpdeskService.TOKEN));
        try (HelpdeskService helpdesk = HelpdeskService.start()) {
            PerfProcess inPod = new PerfProcess();
            int exitCode = inPod.run(
                    new EmbeddedEngineOption(),
                    "run",
                    "ai-smoke",
                    "--once",
                    "--scripts",
                    pod.toString(),
                    "--base-url",
                    helpdesk.baseUrl(),
                    "-e",
                    "TARGET=orders",
                    "-e",
                    "DURATION_SCALE=0.01",
                    "--out",
                    folder.resolve("run").toString());
            assertThat(exitCode).as(inPod.out() + inPod.err()).isZero();
            assertThat(helpdesk.requests()).contains("POST /api/chat {\"question\":\"Why?\"}");
        }
    }

    @Test
    void secretAtAnAbsolutePathIsMountedThere() throws IOException {
        Path token = folder.resolve("keys/token");

        assertThat(export(ORDERS.replace("keys/token", token.toString())))
                .as(perf.err())
                .isZero();

        String key = token.toString().substring(1).replace("/", "__");
        assertThat(perf.out()).contains(" --from-file=" + key + "=" + token);
        assertThat(manifests().resolve("testrun.yaml"))
                .content()
                .contains("secret:\n        secretName: ai-smoke\n")
                .contains("mountPath: " + token + "\n      subPath: " + key + "\n      readOnly: true\n");
    }

    @Test
    void secretAboveTheDescriptorIsRefusedByItsLine() throws IOException {
        assertThat(export(ORDERS.replace("keys/token", "../token"))).isEqualTo(64);

        assertThat(perf.err())
                .isEqualTo(folder.resolve("orders.yml") + ", line 5: ${file:../token} is not below the folder of the"
                        + " descriptor, where pods find files: move the secret there, or name it by an absolute path, which a"
                        + " pod gets as it is.\n");
    }

    @Test
    void dataThatDoesNotFitIntoAConfigMapIsRefused() throws IOException {
        Files.writeString(folder.resolve("data/questions.csv"), "question\n" + "Why?\n".repeat(200_000));

        assertThat(export(ORDERS)).isEqualTo(64);

        assertThat(perf.err())
                .containsPattern(
                        "orders.yml, line 6: the data file data/questions.csv has 1,000,009 bytes, which with the scripts makes 1,3[\\d,]+, and"
                                + " a ConfigMap of Kubernetes holds 1,048,576: shorten it, or let items ask the service for a list");
        assertThat(manifests()).doesNotExist();
    }

    @Test
    void dataThatIsNoTextIsRefusedByItsLine() throws IOException {
        Files.write(folder.resolve("data/questions.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 'q', 0});

        assertThat(export(ORDERS)).isEqualTo(66);

        assertThat(perf.err())
                .isEqualTo(folder.resolve("orders.yml")
                        + ", line 6: the data file data/questions.csv is no UTF-8 text, which"
                        + " scripts read: save it as such.\n");
    }

    @Test
    void dataAtAnAbsolutePathIsRefusedByItsLine() throws IOException {
        Path data = folder.resolve("data/questions.csv");

        assertThat(export(ORDERS.replace("data/questions.csv", data.toString())))
                .isEqualTo(64);

        assertThat(perf.err())
                .isEqualTo(folder.resolve("orders.yml") + ", line 6: the data file " + data
                        + " is not below the folder of the descriptor, and pods get nothing else: move it there, and write its"
                        + " path from the descriptor.\n");
    }

    @Test
    void secretFilesHaveAKeyEachAndAFileThatIsNamedTwiceHasOne() throws IOException {
        String three =
                "Bearer ${file:keys/my token}${file:keys/my/token}${file:./keys/../keys/my/token}${file:keys/my__token}";
        for (String path : List.of("keys/my token", "keys/my/token", "keys/my__token")) {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, path);
        }

        assertThat(export(ORDERS.replace("Bearer ${file:keys/token}", three)))
                .as(perf.err())
                .isZero();

        assertThat(perf.out())
                .endsWith(" --from-file='targets__keys__my__token=keys/my token'"
                        + " --from-file=targets__keys__my__token-2=keys/my/token"
                        + " --from-file=targets__keys__my__token-3=keys/my__token\n");
        Path pod = mounted(Map.of(
                "targets__keys__my__token", "with a space",
                "targets__keys__my__token-2", "in a folder",
                "targets__keys__my__token-3", "underscored"));
        assertThat(pod.resolve("targets/keys/my token")).hasContent("with a space");
        assertThat(pod.resolve("targets/keys/my/token")).hasContent("in a folder");
        assertThat(pod.resolve("targets/keys/my__token")).hasContent("underscored");
    }

    @Test
    void secretThatIsTheDataFileTooIsRefusedByItsLine() throws IOException {
        assertThat(export(ORDERS.replace("keys/token", "./data/questions.csv"))).isEqualTo(64);

        assertThat(perf.err())
                .isEqualTo(folder.resolve("orders.yml")
                        + ", line 5: ${file:./data/questions.csv} is the data file of \"items\""
                        + " too, which goes into the ConfigMap: keep the secret in a file of its own.\n");
        assertThat(manifests()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"2, http://localhost:9", "8, /api/chat"})
    void passwordInAnAddressOfTheDescriptorIsRefusedByItsLine(int line, String replaced) throws IOException {
        String described = line == 2
                ? ORDERS.replace(replaced, "http://me:quite-secret@localhost:9")
                : ORDERS.replace("path: " + replaced, "path: /, baseUrl: \"http://me:quite-secret@chat\"");

        assertThat(export(described)).isEqualTo(64);

        assertThat(perf.err())
                .isEqualTo(folder.resolve("orders.yml") + ", line " + line
                        + ": this baseUrl has a user or a password before its host, which would stand in the ConfigMap: send"
                        + " them as a header Authorization of the descriptor, with ${NAME} or ${file:PATH}.\n");
        assertThat(manifests()).doesNotExist();
    }

    @Test
    void passwordInTheAddressOfTheServiceIsRefused() throws IOException {
        assertThat(export(ORDERS, "http://me:quite-secret@orders:8080")).isEqualTo(64);

        assertThat(perf.err())
                .isEqualTo(
                        "BASE_URL has a user or a password before its host, which would stand in testrun.yaml: send them as"
                                + " a header Authorization of the descriptor, with ${NAME} or ${file:PATH}.\n");
        assertThat(manifests()).doesNotExist();
    }

    @Test
    void variableIsWrittenUnlessItLooksLikeASecretOrHasAPasswordInAnAddress() throws IOException {
        assertThat(export(
                        ORDERS,
                        "http://orders:8080",
                        "-e",
                        "THINK_TIME=2",
                        "-e",
                        "PARTNER=http://me:quite-secret@partner"))
                .as(perf.err())
                .isZero();

        assertThat(perf.out()).contains(" --from-literal=PARTNER=... ").doesNotContain("THINK_TIME");
        assertThat(manifests().resolve("testrun.yaml"))
                .content()
                .contains("- name: THINK_TIME\n      value: '2'\n")
                .doesNotContain("quite-secret");
    }

    private int export(String descriptor) throws IOException {
        return export(descriptor, "http://orders:8080");
    }

    private int export(String descriptor, String service, String... more) throws IOException {
        Path target = Files.writeString(folder.resolve("orders.yml"), descriptor);
        List<String> arguments = new ArrayList<>(List.of("export", "k6-operator", "ai-smoke", "--scripts", "k6"));
        arguments.addAll(List.of("--base-url", service, "-e", "TARGET=" + target));
        arguments.addAll(List.of("--out", manifests().toString()));
        arguments.addAll(List.of(more));
        return perf.run(new EmbeddedEngineOption(), arguments.toArray(String[]::new));
    }

    private Path manifests() {
        return folder.resolve("k8s");
    }

    /** The volume of the scripts as Kubernetes puts it together, from the ConfigMap and that Secret. */
    @SuppressWarnings("unchecked")
    private Path mounted(Map<String, String> secret) throws IOException {
        Map<String, Map<String, String>> configMap =
                new Yaml().load(Files.readString(manifests().resolve("configmap.yaml")));
        Map<String, Map<String, Map<String, List<Map<String, Map<String, List<Map<String, Map<String, Object>>>>>>>>>
                testRun = new Yaml().load(Files.readString(manifests().resolve("testrun.yaml")));
        Path home = folder.resolve("k6-scripts");
        for (Map<String, Map<String, Object>> source : testRun.get("spec")
                .get("runner")
                .get("volumes")
                .get(0)
                .get("projected")
                .get("sources")) {
            boolean isSecret = source.containsKey("secret");
            Map<String, Object> mapped = source.get(isSecret ? "secret" : "configMap");
            for (Map<String, String> item : (List<Map<String, String>>) mapped.get("items")) {
                Path file = home.resolve(item.get("path"));
                Files.createDirectories(file.getParent());
                Files.writeString(file, (isSecret ? secret : configMap.get("data")).get(item.get("key")));
            }
        }
        return home;
    }
}
