package io.bookstore.perf.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.testing.RecordedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders and files that hold no run to compare: each is named in one sentence. */
class UnreadableRunsTest {

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();
    private SavedSession session;

    @BeforeEach
    void nameFolders() {
        session = new SavedSession(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "empty", "file.txt"})
    void pathWithoutRunsExits66(String name) throws IOException {
        session.withPairs(6, 1);
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(folder.resolve("file.txt"), "text");

        int exitCode = perf.run(
                RecordedEngine.passing(),
                "compare",
                session.before(),
                folder.resolve(name).toString());

        assertThat(exitCode).isEqualTo(66);
        assertThat(perf.err().strip())
                .isEqualTo(
                        "No summary.json in " + folder.resolve(name) + " or in a folder inside it: name a folder that"
                                + " \"llm-perf run\" wrote, or one that holds several.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"schemaVersion\":1,\"run\":{\"scen",
                "not JSON",
                "[]",
                "{}",
                "{\"schemaVersion\":99}",
                "{\"schemaVersion\":1}",
                "{\"schemaVersion\":1,\"thresholds\":[],\"metrics\":[],\"operations\":[],\"checks\":[],\"errors\":[]}",
                "{\"schemaVersion\":1,\"run\":7}",
                "{\"schemaVersion\":1,\"metrics\":[{\"type\":\"sparkline\"}]}",
                "\u0000\u0001\u0002",
            })
    void summaryThatIsNoneIsOneSentenceAndExits66(String content) throws IOException {
        session.withPairs(6, 1);
        Path file = folder.resolve("after/3/summary.json");
        Files.writeString(file, content);

        assertThat(compare()).isEqualTo(66);
        assertThat(perf.err().lines()).hasSize(1);
        assertThat(perf.err())
                .startsWith("Cannot read " + file + " (")
                .contains("): it must be as \"llm-perf run\" wrote it; run it again, or remove its folder.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scenario", "script", "engine", "startedAt", "target", "machine", "loads", "env"})
    void summaryWithoutAFactOfTheRunExits66(String fact) throws IOException {
        session.withPairs(6, 1);
        Path file = folder.resolve("after/3/summary.json");
        ObjectMapper json = new ObjectMapper();
        JsonNode summary = json.readTree(file.toFile());
        ((ObjectNode) summary.get("run")).remove(fact);
        json.writeValue(file.toFile(), summary);

        assertThat(compare()).isEqualTo(66);
        assertThat(perf.err()).startsWith("Cannot read " + file + " (").doesNotContain("\tat ");
    }

    /** A field that is missing makes the summary refused or its metric invalid; nothing else ends the command. */
    @Test
    void summaryWithoutAnyOneOfItsFieldsIsNeverADefect() throws IOException {
        session.withPairs(6, 1);
        Path file = folder.resolve("after/3/summary.json");
        byte[] whole = Files.readAllBytes(file);
        ObjectMapper json = new ObjectMapper();
        List<JsonPointer> fields = new ArrayList<>();
        addFields(json.readTree(whole), JsonPointer.empty(), fields);

        for (JsonPointer field : fields) {
            JsonNode summary = json.readTree(whole);
            ((ObjectNode) summary.at(field.head())).remove(field.last().getMatchingProperty());
            json.writeValue(file.toFile(), summary);

            assertThat(compare("--json")).as(field.toString()).isIn(0, 66, 81);
            assertThat(perf.err()).as(field.toString()).doesNotContain("defect");
        }
        assertThat(fields).hasSizeGreaterThan(60);
    }

    private static void addFields(JsonNode node, JsonPointer at, List<JsonPointer> fields) {
        node.properties().forEach(field -> {
            fields.add(at.appendProperty(field.getKey()));
            addFields(field.getValue(), at.appendProperty(field.getKey()), fields);
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            addFields(node.get(i), at.appendIndex(i), fields);
        }
    }

    private int compare(String... options) {
        return session.compare(perf, options);
    }
}
