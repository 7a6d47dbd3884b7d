package io.bookstore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.llm.call.LlmFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void tableOfFailuresIsTheOneInTheCode() throws IOException {
        List<String> rows = Arrays.stream(LlmFailure.values())
                .map(failure -> String.join(
                        " | ",
                        "| `" + failure.reason() + "`",
                        Integer.toString(failure.problemType().status().getCode()),
                        failure.problemType().uri().replace("urn:bookstore:problem:", ""),
                        yesOrNo(failure.retryable()),
                        yesOrNo(failure.anotherProviderMayHelp()),
                        yesOrNo(failure.cacheable()),
                        yesOrNo(failure.countsForBreaker()),
                        yesOrNo(failure.mayBeBilled()),
                        failure.errorType().wireName() + " |"))
                .toList();

        assertThat(readme()).containsSequence(rows);
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    private static List<String> readme() throws IOException {
        return Files.readAllLines(Path.of("README.md"));
    }
}
