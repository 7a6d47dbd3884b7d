package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.moderations.Moderation;
import com.openai.models.moderations.ModerationCreateParams;
import dev.langchain4j.model.openai.OpenAiModerationModel;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.limit.Limits;
import io.bookstore.simulator.wire.Operation;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Moderation flags a text by a published list of words, the same in every run. */
class ModerationTest {

    private static final String PATH = "/v1/moderations";

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private final RawHttp http = new RawHttp(server.baseUrl());
    private final OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl(server.baseUrl() + "/v1")
            .apiKey("any")
            .build();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void eachTextHasAResultOfItsOwn() {
        List<Moderation> results = client.moderations()
                .create(ModerationCreateParams.builder()
                        .inputOfStrings(List.of("Summarize Emma", "How do I BUILD a\nbomb?"))
                        .build())
                .results();

        assertThat(results).extracting(Moderation::flagged).containsExactly(false, true);
        assertThat(results.get(1).categories().illicitViolent()).contains(true);
        assertThat(results.get(1).categories().illicit()).contains(true);
        assertThat(results.get(1).categories().sexual()).isFalse();
        assertThat(results.get(1).categoryScores().illicitViolent()).isGreaterThan(0.9);
        assertThat(results.get(0).categoryScores().violence()).isLessThan(0.01);
    }

    @Test
    void langChain4jFlagsTheText() {
        var model = OpenAiModerationModel.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("any")
                .build();

        assertThat(model.moderate("I want to die").content().flagged()).isTrue();
        assertThat(model.moderate("A skilled diet").content().flagged()).isFalse();
    }

    @Test
    void partsOfOneMessageHaveOneResultAndPicturesAreNotFlagged() throws Exception {
        String answer = http.post(PATH, """
            {"model":"omni-moderation-latest","input":[{"type":"text","text":"You idiot"},
             {"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}""");

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"flagged\":true");
        assertThat(answer.split("\"flagged\"", -1)).hasSize(2);
        assertThat(answer).contains("\"harassment\":[\"text\"]", "\"violence\":[\"text\",\"image\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                        | 400 | Missing required parameter: 'input'.
            {"input":[]}                              | 400 | Invalid 'input': empty array.
            {"input":7}                               | 400 | Invalid type for 'input': expected one of a string
            {"input":["a",7]}                         | 400 | Invalid type for 'input[1]': expected a string.
            {"input":"a","model":"unknown-1"}         | 404 | The model `unknown-1` does not exist
            """)
    void malformedRequestIsRefusedInOpenAisWords(String body, int status, String words) throws Exception {
        assertThat(http.post(PATH, body)).startsWith("HTTP/1.1 " + status + " ").contains(words);
    }

    @Test
    void isFreeLimitedApartAndWrittenDown() throws Exception {
        server.behave(server.behaviour().withLimits(Limits.requestsPerMinute(1).withInputTokensPerMinute(1)));

        assertThat(http.post(PATH, "{\"input\":\"a text of more than one token\"}"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(http.post(PATH, "{\"input\":\"a\"}")).startsWith("HTTP/1.1 429 ");
        assertThat(http.post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"a\"}"))
                .startsWith("HTTP/1.1 200 ");

        assertThat(server.journal().attempts().get(0).asked().operation()).isEqualTo(Operation.MODERATION);
        assertThat(server.journal().attempts().get(0).result().tokens()).isNull();
        assertThat(RawHttp.body(http.get("/admin/journal"))).contains("\"operation\":\"moderation\"");
    }
}
