package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The jar's descriptions of itself for module systems, OSGi and native images. */
class PackagingTest {

    private static final Path RESOURCES = Path.of("src/main/resources");

    @Test
    void nativeImageKeepsEveryFileThatTheCodeReads() throws IOException {
        List<Pattern> kept = includes();
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("io"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> RESOURCES.relativize(file).toString().replace('\\', '/')))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(kept)
                            .anyMatch(pattern -> pattern.matcher(name).matches()));
        }
    }

    @Test
    void manifestNamesAModuleAndABundleThatNeedsNoFramework() throws IOException {
        Attributes manifest = manifest();

        assertThat(manifest.getValue("Automatic-Module-Name")).isEqualTo("io.bookstore.llm");
        assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo("io.bookstore.llm");
        assertThat(manifest.getValue("Export-Package"))
                .contains("io.bookstore.llm;", "io.bookstore.llm.operation;")
                .doesNotContain("internal");
        assertThat(Arrays.stream(manifest.getValue("Import-Package").split(",(?=[a-z])", -1)))
                .filteredOn(
                        entry -> entry.matches(
                                "(com\\.(anthropic|google|openai)|software\\.amazon|dev\\.langchain4j|io\\.micrometer|io\\.opentelemetry\\.sdk|jdk\\.jfr).*"))
                .anyMatch(entry -> entry.startsWith("jdk.jfr"))
                .allMatch(entry -> entry.contains("resolution:=optional"));
    }

    private static Attributes manifest() throws IOException {
        try (InputStream in = Files.newInputStream(Path.of("target/classes/META-INF/MANIFEST.MF"))) {
            return new Manifest(in).getMainAttributes();
        }
    }

    private static List<Pattern> includes() throws IOException {
        JsonNode config = new ObjectMapper()
                .readTree(RESOURCES
                        .resolve("META-INF/native-image/io.bookstore/llm-instrumentation/resource-config.json")
                        .toFile());
        return StreamSupport.stream(config.path("resources").path("includes").spliterator(), false)
                .map(include -> Pattern.compile(include.path("pattern").asText()))
                .toList();
    }
}
