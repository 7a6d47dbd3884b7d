package io.bookstore.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No engine runs here, so what can be checked without one is: names, ports, files, gates and pins. */
class ComposeTest {

    private static final JsonNode SERVICES = Repository.yaml("compose.yaml").path("services");

    /** Images without a shell or client that a health check could use; whoever waits for them waits for their start. */
    private static final List<String> WITHOUT_CHECK = List.of("otel-collector", "tempo", "aspire-dashboard");

    /** The ports that each container listens on, to check the addresses that other services use. */
    private static final Map<String, List<Integer>> LISTENS = Map.of(
            "api", List.of(7002),
            "api-dev", List.of(7002),
            "simulator", List.of(7005),
            "mongodb", List.of(27017),
            "redis", List.of(6379),
            "prometheus", List.of(9090),
            "grafana", List.of(3000),
            "tempo", List.of(3200, 4317),
            "otel-collector", List.of(4317, 4318, 13133),
            "aspire-dashboard", List.of(18888, 18889));

    static List<String> services() {
        return names(SERVICES);
    }

    /** The services that compose starts with a profile; each of ours has one. */
    private static List<String> services(String profile) {
        return services().stream()
                .filter(name -> Dashboard.stream(SERVICES.path(name).path("profiles"))
                        .anyMatch(value -> value.asText().equals(profile)))
                .toList();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void stackHasEverythingTheGuideNames() {
        assertThat(services()).containsExactlyInAnyOrderElementsOf(LISTENS.keySet());
    }

    @Test
    void profileForDevelopmentIsApiWithItsDatabaseAndCacheAlone() {
        assertThat(services("dev")).containsExactlyInAnyOrder("api-dev", "mongodb", "redis");

        JsonNode environment = SERVICES.at("/api-dev/environment");
        // Without an address of a simulator the API starts its own, and says in each answer that it is one.
        assertThat(environment.has("SIMULATOR_URL")).isFalse();
        assertThat(environment.get("MONGODB_URI")).isEqualTo(SERVICES.at("/api/environment/MONGODB_URI"));
        assertThat(environment.get("REDIS_URI")).isEqualTo(SERVICES.at("/api/environment/REDIS_URI"));
        for (String same : List.of("build", "image", "ports", "stop_grace_period", "restart")) {
            assertThat(SERVICES.at("/api-dev/" + same)).as(same).isEqualTo(SERVICES.at("/api/" + same));
        }
    }

    @Test
    void everythingElseIsOfTheProfileThatComposeTakesByItself() {
        assertThat(Repository.text(".env").lines()).contains("COMPOSE_PROFILES=full");
        assertThat(services("full"))
                .containsExactlyInAnyOrderElementsOf(services().stream()
                        .filter(name -> !name.equals("api-dev"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "dev"})
    void profileHasWhatItsServicesWaitFor(String profile) {
        List<String> selected = services(profile);

        assertThat(selected)
                .allSatisfy(name -> assertThat(selected)
                        .containsAll(names(SERVICES.path(name).path("depends_on"))));
    }

    @Test
    void portsAreThoseOfTheDocumentsAndOfThisMachineOnly() {
        Map<String, String> published = new HashMap<>();
        for (String name : services()) {
            SERVICES.path(name).path("ports").forEach(port -> {
                assertThat(port.asText()).startsWith("127.0.0.1:");
                published.merge(name, port.asText().split(":", -1)[1], (first, second) -> first + "," + second);
            });
        }

        assertThat(published)
                .containsOnly(
                        Map.entry("api", "7002"),
                        Map.entry("api-dev", "7002"),
                        Map.entry("simulator", "7005"),
                        Map.entry("prometheus", "9090"),
                        Map.entry("grafana", "3000"),
                        Map.entry("aspire-dashboard", "15888"),
                        Map.entry("otel-collector", "4317,4318"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void imageIsPinnedOrBuiltHere(String name) {
        JsonNode service = SERVICES.path(name);

        assertThat(service.path("image").asText()).matches("[a-z0-9./-]+:v?\\d+\\.\\d+(\\.\\d+)?");
        if (service.has("build")) {
            String target = service.at("/build/target").asText();
            assertThat(Repository.text("Dockerfile")).contains(" AS " + target + "\n");
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void whoWaitsForAServiceWaitsForItsHealth(String name) {
        SERVICES.path(name).path("depends_on").fields().forEachRemaining(dependency -> {
            String needed = dependency.getKey();
            String condition = dependency.getValue().path("condition").asText();
            assertThat(services()).contains(needed);
            assertThat(condition).isEqualTo(WITHOUT_CHECK.contains(needed) ? "service_started" : "service_healthy");
        });
        boolean inImage = SERVICES.path(name).has("build");
        assertThat(SERVICES.path(name).has("healthcheck") || inImage || WITHOUT_CHECK.contains(name))
                .isTrue();
    }

    @Test
    void everyAddressOfAnotherServiceHasThatServiceAndItsPort() {
        assertThat(addresses()).isNotEmpty().allSatisfy(address -> {
            assertThat(LISTENS).as(address.toString()).containsKey(address.getHost());
            assertThat(LISTENS.get(address.getHost())).as(address.toString()).contains(address.getPort());
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void mountedFilesExist(String name) {
        for (JsonNode volume : SERVICES.path(name).path("volumes")) {
            String source = volume.asText().split(":", -1)[0];
            if (source.startsWith("./")) {
                assertThat(Repository.ROOT.resolve(source)).exists();
                assertThat(volume.asText()).endsWith(":ro");
            } else {
                assertThat(Repository.yaml("compose.yaml").path("volumes").has(source))
                        .isTrue();
            }
        }
    }

    @Test
    void everyDashboardIsMountedWhereGrafanaLooks() {
        String folder = Repository.yaml("dashboards/grafana/provisioning/dashboards/dashboards.yml")
                .at("/providers/0/options/path")
                .asText();
        List<String> mounts = Dashboard.stream(SERVICES.at("/grafana/volumes"))
                .map(JsonNode::asText)
                .toList();

        assertThat(Dashboard.all()).allSatisfy(dashboard -> {
            String name = dashboard.file().substring(dashboard.file().lastIndexOf('/'));
            assertThat(mounts).contains("./" + dashboard.file() + ":" + folder + name + ":ro");
        });
    }

    @Test
    void noSecretIsWrittenDown() {
        assertThat(Repository.text("compose.yaml"))
                .doesNotContainIgnoringCase("password:")
                .doesNotContain("sk-");
        assertThat(SERVICES.at("/api/environment/ANTHROPIC_API_KEY").asText()).isEqualTo("${ANTHROPIC_API_KEY:-}");
        // By this the API knows that its provider is simulated, and says so; an address of Anthropic's would not tell.
        assertThat(SERVICES.at("/api/environment/SIMULATOR_URL").asText())
                .isEqualTo("${SIMULATOR_URL-http://simulator:7005}");
        assertThat(SERVICES.at("/api/environment/ANTHROPIC_BASE_URL").isMissingNode())
                .isTrue();
        assertThat(SERVICES.at("/grafana/environment/GF_AUTH_ANONYMOUS_ORG_ROLE")
                        .asText())
                .isEqualTo("Viewer");
    }

    @Test
    void imagesRunAsNobodySpecialAndLeaveTheWorkTreeOut() {
        assertThat(Repository.text("Dockerfile"))
                .contains("\nUSER bookstore\n")
                .contains("RUN --mount=type=cache,target=/root/.m2 mvn");
        assertThat(Files.exists(Repository.ROOT.resolve(".dockerignore"))).isTrue();
        assertThat(Repository.text(".dockerignore").lines()).contains(".git", "**/target", "data");
    }

    /** Addresses in the environment of services and in the files they mount, as URIs. */
    private static List<URI> addresses() {
        Stream<String> environment = services().stream()
                .flatMap(name -> Dashboard.stream(SERVICES.path(name).path("environment")))
                .map(value -> value.asText().replaceFirst("^\\$\\{\\w+:?-(.*)}$", "$1"))
                .filter(value -> value.contains("://"));
        Stream<String> datasources =
                Repository.yaml("dashboards/grafana/provisioning/datasources/datasources.yml")
                        .findValuesAsText("url")
                        .stream();
        Stream<String> scrapes = Repository.yaml("dashboards/prometheus/prometheus.yml").findValues("targets").stream()
                .flatMap(Dashboard::stream)
                .map(target -> "http://" + target.asText().replace("localhost", "prometheus"));
        Stream<String> exporters = Dashboard.stream(
                        Repository.yaml("dashboards/otel-collector.yaml").path("exporters"))
                .map(exporter -> "http://" + exporter.path("endpoint").asText());
        return Stream.of(environment, datasources, scrapes, exporters)
                .flatMap(addresses -> addresses)
                .map(URI::create)
                .toList();
    }
}
