package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(BookStoreService.PACKAGED)
class KitTest {

    @TempDir
    private static Path elsewhere;

    private static Kit kit;

    @BeforeAll
    static void unpack() throws IOException {
        kit = Kit.unpackInto(elsewhere);
    }

    @Test
    void smokeScenarioRunsAgainstAForeignGatewayWithNoEditButTheDescriptor() throws Exception {
        try (HubGateway gateway = new HubGateway()) {
            kit.describe("gateway", gateway.baseUrl());
            Path descriptor = kit.root().resolve("k6/targets/gateway.yml");
            Files.writeString(descriptor, Files.readString(descriptor).replace("# Authorization:", "Authorization:"));

            Command.Result run = Command.java(192, "-jar", kit.perfJar().toString())
                    .and("run", "ai-smoke", "--out", "out")
                    .in(elsewhere)
                    .with(ScenarioRun.PATIENT_LIMITS)
                    .with(Map.of("TARGET", "gateway", "DURATION_SCALE", "0.02", "HUB_TOKEN", "quite-secret"))
                    .with(Map.of("K6_ENGINE", "embedded"))
                    .run();

            assertThat(run.exitCode()).as(run.tail()).isZero();
            JsonNode metrics = k6Summary().get("metrics");
            assertThat(gateway.completions()).isPositive();
            assertThat(metrics.at("/llm_operations/count").asInt()).isEqualTo(gateway.completions());
            assertThat(metrics.at("/llm_input_tokens/count").asInt()).isEqualTo(31 * gateway.completions());
            assertThat(elsewhere.resolve("out/report.html")).isNotEmptyFile();
            assertThat(gateway.authorizations()).containsExactly("Bearer quite-secret");
            try (Stream<Path> files = Files.list(elsewhere.resolve("out"))) {
                assertThat(files)
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(file).content().doesNotContain("quite-secret"));
            }
        }
    }

    @Test
    void unknownKeyOfADescriptorIsNamed() throws Exception {
        kit.describe("misspelt", "http://127.0.0.1:9");
        Path descriptor = kit.root().resolve("k6/targets/misspelt.yml");
        Files.writeString(descriptor, Files.readString(descriptor).replace("timeout:", "timeOut:"));

        Command.Result run = smokeOf("misspelt");

        assertThat(run.exitCode()).as(run.tail()).isEqualTo(107);
        assertThat(run.output())
                .contains("Target \"misspelt\" has an unknown key \"timeOut\"; known are name, baseUrl, headers,")
                .doesNotContain("\tat ");
    }

    @Test
    void unknownTargetListsTheKnownOnes() {
        Command.Result run = smokeOf("nowhere");

        assertThat(run.exitCode()).as(run.tail()).isEqualTo(64);
        assertThat(run.output())
                .contains("TARGET \"nowhere\" has no descriptor")
                .contains("bookstore");
    }

    /** A run of the kit's scripts that ends before its first request, and so needs no JVM of its own. */
    private static Command.Result smokeOf(String target) {
        return PerfRun.commandLine(
                "run",
                "ai-smoke",
                "--scripts",
                kit.root().resolve("k6").toString(),
                "--env",
                "TARGET=" + target,
                "--engine",
                "embedded",
                "--out",
                elsewhere.resolve(target).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "perf-scenarios/k6, k6",
        "dashboards/grafana, dashboards/grafana",
        "dashboards/prometheus, dashboards/prometheus"
    })
    void everyScriptDashboardAndAlertIsInside(String source, String inside) throws IOException {
        Path folder = Checkout.root().resolve(source);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(kit.root().resolve(inside).resolve(folder.relativize(file)))
                            .hasSameBinaryContentAs(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"console.md", "plan.md", "machines.md", "pictures/console-run.png"})
    void pagesOfTheCommandsAreInside(String page) {
        assertThat(kit.root().resolve("docs").resolve(page))
                .hasSameBinaryContentAs(
                        Checkout.root().resolve("perf-scenarios/docs").resolve(page));
    }

    @Test
    void everyLinkOfAPageLeadsToAFileOfTheKit() throws IOException {
        Pattern link = Pattern.compile("]\\((?!https?:|#)([^)#]+)");

        try (Stream<Path> files = Files.walk(kit.root())) {
            List<Path> pages =
                    files.filter(file -> file.toString().endsWith(".md")).toList();

            assertThat(pages)
                    .isNotEmpty()
                    .allSatisfy(page -> assertThat(link.matcher(Files.readString(page))
                                    .results()
                                    .map(match -> match.group(1)))
                            .allSatisfy(target -> assertThat(page.resolveSibling(target))
                                    .as("link in %s", page)
                                    .exists()));
        }
    }

    @Test
    void everythingThatTheBomListsIsInTheRepository() throws IOException {
        String version = System.getProperty("project.version");
        Path ours = kit.repository().resolve("io/bookstore");
        String bom = Files.readString(ours.resolve("bookstore-bom/" + version + "/bookstore-bom-" + version + ".pom"));
        String managed = bom.substring(bom.indexOf("<dependencyManagement>"), bom.indexOf("</dependencyManagement>"));

        assertThat(Pattern.compile("<artifactId>(.+?)</artifactId>")
                        .matcher(managed)
                        .results()
                        .map(found -> found.group(1)))
                .contains("perf-scenarios")
                .allSatisfy(name -> {
                    Path file = ours.resolve(name + "/" + version + "/" + name + "-" + version + ".jar");
                    assertThat(file).isNotEmptyFile();
                    // Versions written out: a consumer has no parent to look up.
                    assertThat(file.resolveSibling(name + "-" + version + ".pom"))
                            .content()
                            .doesNotContain("<parent>");
                });
    }

    @Test
    void programOfTheKitIsThatOfTheRepository() throws Exception {
        Command.Result list = Command.of(
                        "/bin/sh", kit.root().resolve("llm-perf").toString(), "list")
                .in(elsewhere)
                .run();

        assertThat(list.exitCode()).as(list.tail()).isZero();
        assertThat(list.output()).contains("ai-smoke");
        assertThat(kit.root().resolve("llm-perf.cmd")).isNotEmptyFile();
    }

    @Test
    void nativeCodeOfTheEngineNeedsNoWarningOnNewJdks() throws IOException {
        try (JarFile jar = new JarFile(kit.perfJar().toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Enable-Native-Access"))
                    .isEqualTo("ALL-UNNAMED");
        }
    }

    @Test
    void zipIsTheSameWheneverItIsBuilt() throws IOException {
        try (ZipFile zip = new ZipFile(Kit.ZIP.toFile())) {
            List<? extends ZipEntry> entries = zip.stream().toList();

            assertThat(entries)
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(entry.getTimeLocal().toLocalDate())
                            .as(entry.getName())
                            .isEqualTo("2026-11-23"));
        }
    }

    @Test
    void checksumsAreThoseOfAllFiles() throws Exception {
        Kit fresh = Kit.unpackInto(elsewhere.resolve("fresh"));
        List<String> sums = new ArrayList<>();
        try (Stream<Path> files = Files.walk(fresh.root())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = fresh.root().relativize(file).toString().replace('\\', '/');
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                sums.add(HexFormat.of().formatHex(digest) + " *" + name);
            }
        }
        sums.removeIf(sum -> sum.endsWith(" *SHA256SUMS"));

        assertThat(Files.readAllLines(fresh.root().resolve("SHA256SUMS"))).containsExactlyInAnyOrderElementsOf(sums);
    }

    @Test
    void billOfMaterialsHasEveryLibraryOfTheProgramWithItsLicence() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String program : List.of("perf", "perf-genai")) {
            Path file = kit.root().resolve("sbom/" + program + ".cdx.json");
            assumeTrue(Files.exists(file), "an offline build makes no bill of materials");
            for (JsonNode library : new ObjectMapper().readTree(file.toFile()).get("components")) {
                assertThat(library.get("licenses")).as(library.toString()).isNotEmpty();
                listed.add(library.get("name").asText() + "-"
                        + library.get("version").asText() + ".jar");
            }
        }

        try (Stream<Path> jars = Files.list(kit.root().resolve("perf/lib"))) {
            // The console and the GenAI commands are the kit's own, and have no library beside these.
            assertThat(listed)
                    .containsAll(jars.map(jar -> jar.getFileName().toString())
                            .filter(jar -> !Set.of("perf-console.jar", "perf-genai.jar")
                                    .contains(jar))
                            .toList());
        }
    }

    private static JsonNode k6Summary() throws IOException {
        return new ObjectMapper()
                .readTree(elsewhere.resolve("out/k6-summary.json").toFile());
    }
}
