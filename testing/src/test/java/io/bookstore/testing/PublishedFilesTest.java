package io.bookstore.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The files that {@code make release} has written to {@code target/release}; skipped where it has not been run. */
class PublishedFilesTest {

    private static final Path RELEASE = Path.of("..", "target", "release");

    @BeforeAll
    static void released() {
        assumeTrue(Files.isDirectory(RELEASE), "skipped: target/release is not there; make release writes it");
    }

    @Test
    void onlyWhatIsAnApiIsPublished() throws IOException {
        assertThat(poms()).extracting(pom -> text(pom, "artifactId")).containsExactlyInAnyOrderElementsOf(PUBLISHED);
    }

    @Test
    void everyLibraryHasItsSourcesAndJavadoc() throws IOException {
        for (Path pom : pomFiles()) {
            if ("pom".equals(text(read(pom), "packaging"))) {
                continue;
            }
            String name = pom.getFileName().toString().replaceFirst("\\.pom$", "");
            assertThat(List.of("", "-sources", "-javadoc"))
                    .allSatisfy(kind ->
                            assertThat(pom.resolveSibling(name + kind + ".jar")).isNotEmptyFile());
        }
    }

    @Test
    void everyPomTellsAConsumerAllThatARepositoryAsksFor() throws IOException {
        assertThat(poms()).allSatisfy(pom -> {
            assertThat(List.of("name", "description", "url"))
                    .allSatisfy(element ->
                            assertThat(text(pom, element)).as(element).isNotBlank());
            assertThat(List.of("licenses", "developers", "scm"))
                    .allSatisfy(element -> assertThat(child(pom.getDocumentElement(), element))
                            .as(element)
                            .isNotNull());
            // A parent would have to be published too, and repositories of ours would slow every build of a consumer.
            assertThat(List.of("parent", "repositories"))
                    .allSatisfy(element -> assertThat(child(pom.getDocumentElement(), element))
                            .as(element)
                            .isNull());
        });
    }

    /** Maven adds the path of a module to the addresses that it inherits, and no repository is there. */
    @Test
    void everyPomHasTheAddressOfTheOneRepository() throws IOException {
        Set<String> addresses = new TreeSet<>();
        for (Document pom : poms()) {
            Element project = pom.getDocumentElement();
            Element scm = Objects.requireNonNull(child(project, "scm"));
            Element properties = child(project, "properties");
            String home = properties == null ? "" : text(properties, "project.home");
            for (String address : List.of(text(pom, "url"), text(scm, "url"), text(scm, "connection"))) {
                // The BOM has a property for it, since it is published as it is.
                addresses.add(address.replace("${project.home}", home).replaceAll("^scm:git:|\\.git$", ""));
            }
        }

        assertThat(addresses).singleElement().asString().startsWith("https://");
    }

    @Test
    void everyEntryOfAJarHasTheTimeThatThePomStates() throws IOException {
        for (Path jar : files(".jar")) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                Set<LocalDateTime> times =
                        zip.stream().map(ZipEntry::getTimeLocal).collect(Collectors.toSet());
                assertThat(times).as(jar.getFileName().toString()).hasSize(1);
            }
        }
    }

    private static final Set<String> PUBLISHED = new TreeSet<>(Set.of(
            "bookstore-bom",
            "llm-instrumentation",
            "llm-instrumentation-spring-boot",
            "llm-instrumentation-micronaut",
            "llm-instrumentation-agent",
            "llm-simulator",
            "k6-metrics",
            "k6-engine",
            "perf-scenarios"));

    private static List<Document> poms() throws IOException {
        return pomFiles().stream().map(PublishedFilesTest::read).toList();
    }

    private static List<Path> pomFiles() throws IOException {
        return files(".pom");
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(RELEASE)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static Document read(Path pom) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        } catch (Exception e) {
            throw new AssertionError(pom + " is not XML", e);
        }
    }

    private static String text(Document pom, String element) {
        return text(pom.getDocumentElement(), element);
    }

    private static String text(Element parent, String element) {
        Element found = child(parent, element);
        return found == null ? "" : found.getTextContent().trim();
    }

    private static @Nullable Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        return null;
    }
}
