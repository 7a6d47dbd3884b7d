package io.bookstore.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The events of a stream are those that are described. */
class DescribedStreamTest {

    @Test
    void eventsOfAStreamAreThoseThatAreDescribed() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start();
                RunningStore store = RunningStore.start(provider.settings())) {
            Description description = Description.of(store);
            JsonNode stream = description
                    .operation("GET /api/v1/Books/{bookId}/generate-summary/stream")
                    .at("/responses/200");
            assertThat(stream.at("/content/text~1event-stream/schema/type").asText())
                    .isEqualTo("string");
            assertThat(stream.path("description").asText())
                    .contains("`event: token`", "`summary`", "`error`", "Summary", "Problem");
            String path = store.addBook() + "/generate-summary/stream?refresh=true";

            assertThat(describedEvents(description, store.get(path)))
                    .startsWith("token")
                    .endsWith("summary");
            provider.always(ScriptedProvider.status(401, "{}"));
            assertThat(describedEvents(description, store.get(path))).containsExactly("error");
        }
    }

    /** The names of the events, each of which is as it is described. */
    private static List<String> describedEvents(Description description, HttpResponse<String> stream) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Map<String, JsonNode> schemas = Map.of(
                "token", mapper.readTree("{\"required\":[\"text\"],\"properties\":{\"text\":{\"type\":\"string\"}}}"),
                "summary", description.root().at("/components/schemas/Summary"),
                "error", description.root().at("/components/schemas/Problem"));
        List<String> names = new ArrayList<>();
        for (String event : stream.body().strip().split("\n\n", -1)) {
            Matcher fields = Pattern.compile("event: (.*)\ndata: (.*)").matcher(event);
            assertThat(fields.matches()).as(event).isTrue();
            String name = fields.group(1);
            assertThat(schemas).containsKey(name);
            new DescribedShape(description.root())
                    .assertHolds(
                            name,
                            mapper.readTree(fields.group(2)),
                            schemas.getOrDefault(name, MissingNode.getInstance()));
            names.add(name);
        }
        return names;
    }
}
