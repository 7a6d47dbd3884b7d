package io.bookstore.perf.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.answer.Section;
import io.bookstore.perf.record.Parts;
import io.bookstore.perf.record.RecordSummary;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.testing.RecordedResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class ResultFilesTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("file");
    }

    @Test
    void summaryHasTheDocumentedShape() throws IOException {
        // when
        SummaryFile.write(RecordedResults.crossed(folder), file);

        // then
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/schemaVersion").asInt()).isEqualTo(1);
        assertThat(json.at("/verdict/exitCode").asInt()).isEqualTo(99);
        assertThat(json.at("/verdict/passed").asBoolean(true)).isFalse();
        assertThat(json.at("/run/scenario").asText()).isEqualTo("ai-smoke");
        assertThat(json.at("/run/startedAt").asText()).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(json.at("/run/durationSeconds").asDouble()).isEqualTo(182);
        assertThat(json.at("/run/durationScale").asDouble()).isEqualTo(1);
        assertThat(json.at("/run/scriptHash").asText()).isEqualTo("5c81e0a9b2f4");
        assertThat(json.at("/run/target/model").asText()).isEqualTo("claude-sonnet-4-5");
        assertThat(json.at("/run/target/simulator/profile").asText()).isEqualTo("sonnet-class");
        assertThat(json.at("/run/target/simulator/seed").asLong()).isEqualTo(1);
        assertThat(json.at("/run/target/build/jar").asText()).isEqualTo("bookstore-api.jar");
        assertThat(json.at("/thresholds/0/metric").asText()).isEqualTo("llm_response_time");
        assertThat(json.at("/thresholds/0/limit").asDouble()).isEqualTo(1000);
        assertThat(json.at("/thresholds/0/actual").asDouble()).isEqualTo(2600.5);
        assertThat(json.at("/thresholds/0/passed").asBoolean(true)).isFalse();
        assertThat(json.at("/series/intervalSeconds").asDouble()).isEqualTo(8);
        assertThat(json.at("/llm/inputTokens").asDouble()).isEqualTo(2565);
        assertThat(json.at("/llm").has("cacheHits")).as("unknown is absent").isFalse();
        assertThat(json.at("/crossCheck/engine").asLong()).isEqualTo(60);
    }

    @Test
    void summaryIsReadBackAsItWas() throws IOException {
        // given
        RunResult passed = RecordedResults.passed(folder);
        RunResult result = passed.with(new Answer(
                "Serves 12 guests.",
                List.of(new Answer.Figure("guests", 12, "")),
                List.of(
                        new Section.Table(
                                "Guests",
                                "",
                                List.of(new Section.Column("name", ""), new Section.Column("wait", "ms")),
                                List.of(List.of("Ann", 3.5), Arrays.asList("Bob", null))),
                        new Section.Bands("Phases", "", List.of(new Section.Band("tea", 0, 60, "")))),
                0.1,
                null));
        SummaryFile.write(result, file);

        // then
        assertThat(SummaryFile.read(file)).isEqualTo(result);
    }

    @Test
    void factThatAnOlderVersionDidNotWriteIsUnknown() throws IOException {
        // given
        SummaryFile.write(RecordedResults.passed(folder), file);
        ObjectMapper json = new ObjectMapper();
        JsonNode older = json.readTree(file.toFile());
        ((ObjectNode) older.at("/run")).remove("scriptHash");
        ((ObjectNode) older.at("/run/target")).remove(List.of("model", "simulator", "build"));
        json.writeValue(file.toFile(), older);

        // when
        RunFacts run = SummaryFile.read(file).run();

        // then
        assertThat(run.scriptHash()).isNull();
        assertThat(run.target().model()).isNull();
        assertThat(run.target().simulator()).isNull();
        assertThat(run.target().build()).isNull();
    }

    @Test
    void summaryHasTheSlowestRequestsAndTheirParts() throws IOException {
        // given
        RequestRecord slowest = new RequestRecord(
                "0af7651916cd43dd8448eb211c80319c",
                null,
                "llm_smoke",
                RequestRecord.Kind.CRUD,
                "browse",
                Instant.parse("2026-11-23T10:00:01.5Z"),
                new RequestRecord.Timing(20, 19.0),
                new RequestRecord.Result(RequestRecord.Outcome.NO_ANSWER, null),
                null,
                List.of(),
                new Parts(8.0, null, null, null, null, List.of(Parts.Part.APPLICATION), null));
        RunResult result = RecordedResults.passed(folder)
                .with(new RecordSummary(
                        List.of(slowest),
                        List.of(new RecordSummary.PartTimes(RequestRecord.Kind.CRUD, Parts.Part.NETWORK, 1, 8, 8, 8))));

        // when
        SummaryFile.write(result, file);

        // then
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/slowest/0/start").asText()).isEqualTo("2026-11-23T10:00:01.500Z");
        assertThat(json.at("/slowest/0/parts").toString())
                .isEqualTo("{\"networkMs\":8.0,\"unknown\":[\"APPLICATION\"]}");
        assertThat(json.at("/slowest/0/result").toString()).isEqualTo("{\"outcome\":\"NO_ANSWER\"}");
        assertThat(json.at("/parts/0").toString())
                .isEqualTo(
                        "{\"kind\":\"CRUD\",\"part\":\"NETWORK\",\"requests\":1,\"sumMs\":8.0,\"p50\":8.0,\"p95\":8.0}");
        assertThat(SummaryFile.read(file)).isEqualTo(result);
    }

    @Test
    void summaryOfAnEarlierVersionHasNoRecords() throws IOException {
        SummaryFile.write(RecordedResults.passed(folder), file);
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(file.toFile());
        json.remove(List.of("slowest", "parts"));
        Files.writeString(file, json.toString());

        assertThat(SummaryFile.read(file).slowest()).isEmpty();
    }

    @Test
    void summaryOfAnotherSchemaIsRefused() throws IOException {
        Files.writeString(file, "{\"schemaVersion\":99}");

        assertThatThrownBy(() -> SummaryFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " has schemaVersion 99; this version of perf reads 1");
    }

    @Test
    void junitHasACaseForEachThreshold() throws Exception {
        // when
        JUnitFile.write(RecordedResults.crossed(folder), file);

        // then
        Element suite = parse();
        assertThat(suite.getAttribute("tests")).isEqualTo("5");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message"))
                .isEqualTo("p(95) of llm_response_time was 2600.5 ms, limit is < 1000 ms");
        assertThat(((Element) failure.getParentNode()).getAttribute("name")).isEqualTo("llm_response_time p(95)<1000");
    }

    @Test
    void junitTellsAScriptErrorFromAThreshold() throws Exception {
        // when
        JUnitFile.write(RecordedResults.empty(folder, 107, "<broken> & \"quoted\""), file);

        // then
        Element suite = parse();
        assertThat(suite.getAttribute("failures")).isEqualTo("0");
        Element error = (Element) suite.getElementsByTagName("error").item(0);
        assertThat(error.getAttribute("message")).isEqualTo("<broken> & \"quoted\"");
        assertThat(error.getAttribute("type")).isEqualTo("exit code 107");
    }

    private Element parse() throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
    }
}
