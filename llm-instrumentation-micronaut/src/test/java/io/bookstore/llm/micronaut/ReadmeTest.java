package io.bookstore.llm.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README says what is so: its table is the metadata that IDEs read, its example is code that compiles. */
class ReadmeTest {

    private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
    private static final Path EXAMPLE = Path.of("src/test/java/io/bookstore/llm/micronaut/MicrometerExample.java");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void propertiesAreThoseOfTheMetadata() throws Exception {
        StringBuilder table = new StringBuilder("| Property | Meaning | Default |\n|---|---|---|\n");
        for (JsonNode property : new ObjectMapper().readTree(METADATA.toFile()).path("properties")) {
            String fallback = property.path("defaultValue").asText();
            table.append("| `%s` | %s | %s |\n"
                    .formatted(
                            property.path("name").asText(),
                            property.path("description").asText().replaceAll("\\s+", " "),
                            fallback.isEmpty() ? "none" : fallback));
        }

        assertThat(section()).isEqualTo(table.toString());
    }

    @Test
    void exampleIsCodeThatCompiles() throws Exception {
        String code = squeezed(Files.readString(EXAMPLE));

        assertThat(JAVA.matcher(readme()).results())
                .singleElement()
                .satisfies(example -> assertThat(code).contains(squeezed(example.group(1))));
    }

    @Test
    void versionIsTheOneThatTheTestsRunWith() throws Exception {
        String minor = System.getProperty("micronaut-platform.version").replaceFirst("\\.\\d+$", "");

        assertThat(readme()).contains("| Micronaut | " + minor + " |");
    }

    private static String section() throws Exception {
        String text = readme();
        String start = "<!-- properties -->\n";
        assertThat(text).containsOnlyOnce(start);
        return text.substring(text.indexOf(start) + start.length(), text.indexOf("<!-- /properties -->"));
    }

    private static String readme() throws Exception {
        return Files.readString(Path.of("README.md"));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
