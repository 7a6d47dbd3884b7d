package io.bookstore.llm.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.PublicApi;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Public signatures are decisions: {@code api.txt} lists them, so that a review sees each change. */
class ApiTest {

    @Test
    void publicSignaturesAreThoseOfTheList() throws Exception {
        Path actual = Path.of("target/api.txt");
        Files.write(actual, PublicApi.signatures(Path.of("target/classes")));

        assertThat(actual)
                .as("if the change is meant: cp target/api.txt api.txt")
                .hasSameTextualContentAs(Path.of("api.txt"));
    }
}
