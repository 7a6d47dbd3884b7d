package io.bookstore.testing.framework;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The README of the module under test: its table of properties, and its example. */
public final class FrameworkReadme {

    private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String START = "<!-- properties -->\n";
    private static final String END = "<!-- /properties -->";

    private FrameworkReadme() {}

    /** Returns the whole page. */
    public static String text() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    /** Returns the table between the marks of the properties. */
    public static String properties() throws IOException {
        String text = text();
        assertThat(text).containsOnlyOnce(START);
        return text.substring(text.indexOf(START) + START.length(), text.indexOf(END));
    }

    /** Returns the table that the page must have by the metadata that IDEs read. */
    public static String propertiesOfTheMetadata() throws IOException {
        StringBuilder table = new StringBuilder("| Property | Meaning | Default |\n|---|---|---|\n");
        for (JsonNode property : new ObjectMapper().readTree(METADATA.toFile()).path("properties")) {
            String fallback = property.path("defaultValue").asText();
            table.append("| `%s` | %s | %s |\n"
                    .formatted(
                            property.path("name").asText(),
                            property.path("description").asText().replaceAll("\\s+", " "),
                            fallback.isEmpty() ? "none" : fallback));
        }
        return table.toString();
    }

    /** Returns the only example of the page, without white space. */
    public static String example() throws IOException {
        List<String> examples =
                JAVA.matcher(text()).results().map(example -> example.group(1)).toList();
        assertThat(examples).hasSize(1);
        return squeezed(examples.get(0));
    }

    /** Returns code without white space. */
    public static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
