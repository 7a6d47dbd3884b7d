package io.bookstore.llm.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.framework.FrameworkReadme;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README says what is so: its table is the metadata that IDEs read, its example is code that compiles. */
class ReadmeTest {

    private static final Path EXAMPLE = Path.of("src/test/java/io/bookstore/llm/micronaut/MicrometerExample.java");

    @Test
    void propertiesAreThoseOfTheMetadata() throws Exception {
        assertThat(FrameworkReadme.properties()).isEqualTo(FrameworkReadme.propertiesOfTheMetadata());
    }

    @Test
    void exampleIsCodeThatCompiles() throws Exception {
        assertThat(FrameworkReadme.squeezed(Files.readString(EXAMPLE))).contains(FrameworkReadme.example());
    }

    @Test
    void versionIsTheOneThatTheTestsRunWith() throws Exception {
        String minor = System.getProperty("micronaut-platform.version").replaceFirst("\\.\\d+$", "");

        assertThat(FrameworkReadme.text()).contains("| Micronaut | " + minor + " |");
    }
}
