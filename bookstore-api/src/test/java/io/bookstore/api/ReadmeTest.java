package io.bookstore.api;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.api.http.problem.ProblemType;
import io.bookstore.api.llm.call.LlmFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code README.md} and the pages of {@code docs/} say what the service does. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Path DOCS = Path.of("docs");

    @Test
    void linksLeadToFiles() throws IOException {
        try (Stream<Path> pages = Files.list(DOCS)) {
            for (Path page : Stream.concat(Stream.of(README), pages).toList()) {
                assertThat(links(page))
                        .as(page.toString())
                        .allSatisfy(
                                link -> assertThat(page.resolveSibling(link)).exists());
            }
        }
    }

    @Test
    void fieldsOfTheExampleAreThoseOfASummary() throws IOException {
        JsonNode example = new ObjectMapper().readTree(example("{\"title\": "));
        try (RunningStore store = RunningStore.start()) {
            store.post("/seed-data", "");
            String book = json(store.get("/api/v1/Books?pageSize=1"))
                    .at("/books/0/id")
                    .asText();

            JsonNode summary = json(store.post("/api/v1/Books/" + book + "/generate-summary", ""));

            example.fieldNames()
                    .forEachRemaining(
                            field -> assertThat(summary.has(field)).as(field).isTrue());
            assertThat(summary.get("title")).isEqualTo(example.get("title"));
        }
    }

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

        assertThat(Files.readAllLines(DOCS.resolve("failures.md"))).containsSequence(rows);
    }

    @Test
    void tableOfProblemTypesIsTheOneInTheCode() throws IOException {
        List<String> rows = Arrays.stream(ProblemType.values())
                .filter(type -> type != ProblemType.OTHER)
                .map(type -> "| " + type.status().getCode() + " | `" + type.uri() + "` | " + type.title() + " |")
                .toList();

        List<String> page = Files.readAllLines(DOCS.resolve("problems.md"));
        assertThat(page).containsSequence(rows);
        assertThat(page).filteredOn(line -> line.contains("| `urn:")).hasSameSizeAs(rows);
    }

    /** The lines of an indented block from the one that begins so to the end of the block. */
    private static String example(String beginning) throws IOException {
        String readme = Files.readString(README);
        int start = readme.indexOf(beginning);
        return readme.substring(start, readme.indexOf("\n\n", start));
    }

    private static List<String> links(Path page) throws IOException {
        return Pattern.compile("]\\(([^)#:]+)\\)")
                .matcher(Files.readString(page))
                .results()
                .map(link -> link.group(1))
                .filter(link -> link.endsWith(".md"))
                .toList();
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }
}
