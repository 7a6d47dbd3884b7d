package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.framework.FrameworkReadme;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README says what is so: its table is the metadata that IDEs read, its example is code that compiles. */
class ReadmeTest {

    private static final Path EXAMPLES = Path.of("src/test/java/io/bookstore/llm/spring/MicrometerExample.java");

    @Test
    void propertiesAreThoseOfTheMetadata() throws Exception {
        assertThat(FrameworkReadme.properties()).isEqualTo(FrameworkReadme.propertiesOfTheMetadata());
    }

    @Test
    void everyExampleIsCodeThatCompiles() throws Exception {
        assertThat(FrameworkReadme.squeezed(Files.readString(EXAMPLES))).contains(FrameworkReadme.example());
    }

    @Test
    void versionsAreThoseThatTheTestsRunWith() throws Exception {
        String[] springBoots = System.getProperty("sample.spring-boot.versions").split(",", -1);

        assertThat(FrameworkReadme.text())
                .contains("| Spring Boot | %s to %s |"
                        .formatted(minor(springBoots[0]), minor(springBoots[springBoots.length - 1])))
                .contains("| LangChain4j's starters | " + System.getProperty("langchain4j-starters.version") + ";");
    }

    private static String minor(String version) {
        return version.replaceFirst("\\.\\d+$", "");
    }
}
