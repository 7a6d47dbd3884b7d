package io.bookstore.simulator.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.latency.Profiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording tells a fit as much as the journal of the same calls. */
class RecordedFitTest {

    private static final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void callsOfARecordingAreThoseThatWereMade() throws Exception {
        List<Call> planted = PlantedCalls.of(Profiles.named("sonnet-class"), 20, 0, 1);
        List<String> lines = planted.stream().map(RecordedFitTest::line).collect(Collectors.toList());
        lines.add("{\"cassette\":2}");
        lines.add(line(planted.get(0)).replace("/v1/messages", "/v1/embeddings"));

        CallFile read = CallFile.read(Files.write(folder.resolve("calls.jsonl"), lines));

        assertThat(read.leftOut())
                .containsExactly(
                        "Line 21 is of version 2, and this program reads version 1: record it again, or use the program that"
                                + " wrote it: left out",
                        "Line 22 is no chat: left out");
        assertThat(read.calls())
                .usingRecursiveComparison()
                .withComparatorForType((one, other) -> Math.abs(one - other) < 1e-9 ? 0 : 1, Double.class)
                .isEqualTo(planted);
    }

    /** The call as a stream of Anthropic's, with a chunk for each event. */
    private static String line(Call call) {
        ObjectNode line = json.createObjectNode()
                .put("cassette", 1)
                .put("time", call.time().toString())
                .put("method", "POST")
                .put("path", "/v1/messages");
        line.putObject("request").put("model", call.model());
        line.put("status", call.status());
        line.putObject("headers").put("content-type", "text/event-stream");
        line.put("outcome", "completed").put("headMs", 0).put("durationMs", call.durationMs());
        ArrayNode chunks = line.putArray("chunks");
        event(
                chunks,
                call.chunkMs()[0],
                "{\"type\":\"message_start\",\"message\":{\"content\":[],\"usage\":{\"input_tokens\":"
                        + call.uncachedTokens() + ",\"cache_read_input_tokens\":77,\"output_tokens\":1}}}");
        for (double at : call.chunkMs()) {
            event(chunks, at, "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\" a\"}}");
        }
        event(
                chunks,
                call.durationMs(),
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":"
                        + call.outputTokens() + "}}");
        return line.toString();
    }

    private static void event(ArrayNode chunks, double ms, String data) {
        chunks.addObject().put("ms", ms).put("text", "event: any\ndata: " + data + "\n\n");
    }
}
