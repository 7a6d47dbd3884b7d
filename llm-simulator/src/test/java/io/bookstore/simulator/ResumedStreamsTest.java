package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseRetrieveParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams in the background, which go on without their client and are taken up again. */
class ResumedStreamsTest {

    private static final ObjectMapper json = new ObjectMapper();
    private static final HandClock clock = new HandClock();
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"), clock);
    private static final RawHttp http = new RawHttp(server.baseUrl());
    private static final OpenAIClient client = OpenAiSdk.of(server);

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void reset() {
        server.reset();
    }

    @Test
    void streamIsSentAgainWithTheSameBytes() throws Exception {
        String sent = RawHttp.body(http.post("/v1/responses", body(true, true)));
        String id = events(sent).get(0).at("/response/id").asText();

        String again = http.get("/v1/responses/" + id + "?stream=true");

        assertThat(again).startsWith("HTTP/1.1 200 ").contains("content-type: text/event-stream");
        assertThat(RawHttp.body(again)).isEqualTo(sent);
    }

    @Test
    void eventsGoOnAfterTheLastThatTheClientHas() throws Exception {
        List<JsonNode> sent = events(RawHttp.body(http.post("/v1/responses", body(true, true))));
        String id = sent.get(0).at("/response/id").asText();

        for (int last : new int[] {0, 3, sent.size() - 2}) {
            List<JsonNode> rest =
                    events(RawHttp.body(http.get("/v1/responses/" + id + "?stream=true&starting_after=" + last)));

            assertThat(rest).isEqualTo(sent.subList(last + 1, sent.size()));
        }
    }

    @Test
    void clientThatLostItsConnectionTakesTheStreamUpAgain() throws Exception {
        server.behave(server.behaviour().withFaults(FaultRule.always("reset-after-chunks:2")));
        List<ResponseStreamEvent> seen = new ArrayList<>();
        try (StreamResponse<ResponseStreamEvent> events = stream()) {
            assertThatThrownBy(() -> events.stream().forEach(seen::add)).hasRootCauseInstanceOf(IOException.class);
        }
        String id = seen.get(0).asCreated().response().id();

        List<ResponseStreamEvent> rest = resume(id, seen.size() - 1);

        Response completed = rest.get(rest.size() - 1).completed().orElseThrow().response();
        String text = Stream.concat(seen.stream(), rest.stream())
                .flatMap(event -> event.outputTextDelta().stream())
                .map(delta -> delta.delta())
                .reduce("", String::concat);
        assertThat(text)
                .isEqualTo(completed
                        .output()
                        .get(0)
                        .asMessage()
                        .content()
                        .get(0)
                        .asOutputText()
                        .text());
        assertThat(client.responses().retrieve(id)).isEqualTo(completed);
    }

    @Test
    void answerGoesOnWithoutItsClient() {
        server.behave(server.behaviour().withProfile(TestProfiles.A_TOKEN_A_MINUTE));
        String id = idOfStreamThatIsLeft();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !server.journal().attempts().isEmpty());
        assertThat(server.journal().attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.result().outcome()).isEqualTo(Outcome.ABANDONED));
        clock.forward(Duration.ofMinutes(1));
        assertThat(client.responses().retrieve(id).status()).contains(ResponseStatus.IN_PROGRESS);
        clock.forward(Duration.ofMinutes(1));

        List<ResponseStreamEvent> all = resume(id, -1);

        assertThat(all.get(all.size() - 1).completed().orElseThrow().response())
                .isEqualTo(client.responses().retrieve(id));
    }

    @Test
    void streamsEndWhenTheirAnswerIsCancelled() {
        server.behave(server.behaviour().withProfile(TestProfiles.A_TOKEN_A_MINUTE));
        try (StreamResponse<ResponseStreamEvent> first = stream()) {
            Iterator<ResponseStreamEvent> events = first.stream().iterator();
            String id = events.next().asCreated().response().id();
            try (StreamResponse<ResponseStreamEvent> second = client.responses().retrieveStreaming(id)) {
                Iterator<ResponseStreamEvent> again = second.stream().iterator();
                assertThat(again.next().isCreated()).isTrue();

                client.responses().cancel(id);

                assertThat(rest(events)).isEqualTo(rest(again)).noneMatch(ResponseStreamEvent::isCompleted);
            }
            assertThat(client.responses().retrieve(id).status()).contains(ResponseStatus.CANCELLED);
            assertThat(resume(id, -1)).isNotEmpty().noneMatch(ResponseStreamEvent::isCompleted);
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !server.journal().attempts().isEmpty());
        Attempt attempt = server.journal().attempts().get(0);
        assertThat(attempt.result().outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(attempt.result().tokens()).isNull();
    }

    @Test
    void errorInTheStreamFailsTheAnswer() throws Exception {
        server.behave(server.behaviour().withFaults(FaultRule.always("error-event:1")));
        String sent = RawHttp.body(http.post("/v1/responses", body(true, true)));
        String id = events(sent).get(0).at("/response/id").asText();

        assertThat(client.responses().retrieve(id).status()).contains(ResponseStatus.FAILED);
        assertThat(RawHttp.body(http.get("/v1/responses/" + id + "?stream=true")))
                .isEqualTo(sent)
                .contains("event: error\n");
    }

    @ParameterizedTest
    @CsvSource({"false,true,background=true", "false,false,background=true", "true,false,stream=true"})
    void responseThatWasNoStreamInTheBackgroundIsNotStreamed(boolean background, boolean streamed, String missing)
            throws Exception {
        String answer = http.post("/v1/responses", body(background, streamed));
        String id = answer.replaceFirst("(?s).*?(resp_[0-9a-zA-Z]+).*", "$1");

        assertThatThrownBy(() -> resume(id, -1))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining(
                        "This response cannot be streamed because it was not created with " + missing + ".");
    }

    @Test
    void streamIsSentAgainForFiveMinutes() throws Exception {
        String sent = RawHttp.body(http.post("/v1/responses", body(true, true)));
        String id = events(sent).get(0).at("/response/id").asText();
        clock.forward(Duration.ofMinutes(5));
        assertThat(resume(id, -1)).hasSameSizeAs(events(sent));

        clock.forward(Duration.ofSeconds(1));

        assertThatThrownBy(() -> resume(id, -1))
                .hasMessageContaining("This response can no longer be streamed because it is more than 5 minutes old");
    }

    @Test
    void wrongNumberAndUnknownResponseAreRefused() throws Exception {
        String sent = RawHttp.body(http.post("/v1/responses", body(true, true)));
        String id = events(sent).get(0).at("/response/id").asText();

        assertThat(http.get("/v1/responses/" + id + "?stream=true&starting_after=x"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Invalid type for 'starting_after': expected an integer, but got a string instead.");
        assertThat(http.get("/v1/responses/resp_1?stream=true"))
                .startsWith("HTTP/1.1 404 ")
                .contains("Response with id 'resp_1' not found.");
    }

    private static String body(boolean background, boolean stream) {
        return "{\"model\":\"gpt-4o-mini\",\"input\":\"Emma\",\"background\":" + background + ",\"stream\":" + stream
                + "}";
    }

    /** The events of a stream, whose numbers go from that of the first on by one. */
    private static List<JsonNode> events(String stream) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : stream.split("\n")) {
            if (line.startsWith("data: ")) {
                events.add(json.readTree(line.substring("data: ".length())));
            }
        }
        int first = events.get(0).path("sequence_number").asInt();
        assertThat(events)
                .extracting(event -> event.path("sequence_number").asInt())
                .isEqualTo(IntStream.range(first, first + events.size()).boxed().toList());
        return events;
    }

    private static StreamResponse<ResponseStreamEvent> stream() {
        return client.responses()
                .createStreaming(ResponseCreateParams.builder()
                        .model("gpt-4o-mini")
                        .input("Emma")
                        .background(true)
                        .build());
    }

    private static String idOfStreamThatIsLeft() {
        try (StreamResponse<ResponseStreamEvent> events = stream()) {
            return events.stream()
                    .findFirst()
                    .orElseThrow()
                    .asCreated()
                    .response()
                    .id();
        }
    }

    private static List<ResponseStreamEvent> rest(Iterator<ResponseStreamEvent> events) {
        List<ResponseStreamEvent> rest = new ArrayList<>();
        events.forEachRemaining(rest::add);
        return rest;
    }

    private static List<ResponseStreamEvent> resume(String id, int last) {
        ResponseRetrieveParams.Builder params = ResponseRetrieveParams.builder();
        if (last >= 0) {
            params.startingAfter(last);
        }
        try (StreamResponse<ResponseStreamEvent> events = client.responses().retrieveStreaming(id, params.build())) {
            return events.stream().toList();
        }
    }
}
