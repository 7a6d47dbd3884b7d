package io.bookstore.perf.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.PublicApi;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The decision on what is public stands in {@code runner/api.txt}, so that a review sees it change. */
class ApiTest {

    @Test
    void publicSignaturesAreThoseOfTheList() throws Exception {
        Path actual = Path.of("target/api.txt");
        Files.write(actual, PublicApi.signatures(Path.of("target/classes"), "io.bookstore.perf.junit"));

        assertThat(actual)
                .as("if the change is meant: cp target/api.txt runner/api.txt")
                .hasSameTextualContentAs(Path.of("runner/api.txt"));
    }
}
