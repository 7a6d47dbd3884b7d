package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Checkout;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Modules depend on each other one way only; {@code docs/design.md} has the table. */
class ModuleDependenciesTest {

    private static final Path root = Checkout.root();

    /** The modules of ours that each module may depend on at run time; one without an entry may depend on none. */
    private static final Map<String, Set<String>> allowed = Map.of(
            "llm-instrumentation-spring-boot", Set.of("llm-instrumentation"),
            "llm-instrumentation-micronaut", Set.of("llm-instrumentation"),
            "llm-instrumentation-agent", Set.of("llm-instrumentation"),
            "bookstore-api", Set.of("llm-instrumentation", "llm-simulator"),
            "perf-scenarios/k6-engine", Set.of("k6-metrics"),
            "perf-scenarios/runner", Set.of("k6-metrics", "k6-engine", "llm-simulator"),
            "perf-scenarios/console", Set.of("perf-scenarios"),
            "perf-scenarios/genai", Set.of("llm-instrumentation", "perf-scenarios"),
            "hub-migration", Set.of("perf-scenarios"));

    @Test
    void everyModuleIsLookedAt() throws Exception {
        assertThat(modules("pom.xml"))
                .containsExactlyInAnyOrder(
                        "bom",
                        "testing",
                        "llm-instrumentation",
                        "llm-simulator",
                        "llm-instrumentation-spring-boot",
                        "llm-instrumentation-micronaut",
                        "llm-instrumentation-agent",
                        "bookstore-api",
                        "perf-scenarios",
                        "dashboards",
                        "hub-migration");
        assertThat(modules("perf-scenarios/pom.xml"))
                .containsExactlyInAnyOrder("metrics", "k6-engine", "runner", "console", "genai");
    }

    @ParameterizedTest
    @CsvSource({
        "testing",
        "llm-instrumentation",
        "llm-simulator",
        "llm-instrumentation-spring-boot",
        "llm-instrumentation-micronaut",
        "llm-instrumentation-agent",
        "bookstore-api",
        "perf-scenarios",
        "perf-scenarios/metrics",
        "perf-scenarios/k6-engine",
        "perf-scenarios/runner",
        "perf-scenarios/console",
        "perf-scenarios/genai",
        "dashboards",
        "hub-migration"
    })
    void moduleRunsWithNothingButWhatItMaySee(String module) throws Exception {
        NodeList dependencies = pom(module + "/pom.xml").getElementsByTagName("dependency");

        Set<String> ours = new TreeSet<>();
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            String scope = text(dependency, "scope");
            // Tests may use anything; provided is how a module waits for another one's jar to be packaged.
            if (text(dependency, "groupId").equals("io.bookstore")
                    && !scope.equals("test")
                    && !scope.equals("provided")) {
                ours.add(text(dependency, "artifactId"));
            }
        }

        assertThat(allowed.getOrDefault(module, Set.of())).containsAll(ours);
    }

    private static Stream<String> modules(String pom) throws Exception {
        NodeList modules = pom(pom).getElementsByTagName("module");
        return IntStream.range(0, modules.getLength())
                .mapToObj(i -> modules.item(i).getTextContent());
    }

    private static Element pom(String path) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(root.resolve(path).toFile())
                .getDocumentElement();
    }

    private static String text(Element element, String tag) {
        NodeList found = element.getElementsByTagName(tag);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().trim();
    }
}
