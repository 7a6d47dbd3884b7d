package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiTest {

    @RegisterExtension
    static final TestConsole console = new TestConsole();

    @Test
    void filtersAndSearch() throws Exception {
        console.send("filters", call("gpt-4o", null, "c-1"));
        console.send("filters", call("gpt-4o", "rate_limited", "c-2"));
        console.send("filters", call("claude-sonnet-5", "timeout", "c-2"));

        assertThat(models("filters", "")).containsExactly("claude-sonnet-5", "gpt-4o", "gpt-4o");
        assertThat(models("filters", "&model=gpt-4o")).hasSize(2);
        assertThat(models("filters", "&error=any")).containsExactly("claude-sonnet-5", "gpt-4o");
        assertThat(models("filters", "&error=timeout")).containsExactly("claude-sonnet-5");
        assertThat(models("filters", "&conversation=c-1")).containsExactly("gpt-4o");
        assertThat(models("filters", "&q=%20SONNET%20")).containsExactly("claude-sonnet-5");
        assertThat(models("filters", "&q=RATE_")).containsExactly("gpt-4o");
        assertThat(models("filters", "&q=nothing")).isEmpty();
    }

    @Test
    void pagesFollowEachOther() throws Exception {
        for (int i = 1; i <= 5; i++) {
            console.send("pages", call("model-" + i, null, null));
        }

        JsonNode first = console.json("/api/calls?service=pages&limit=3");
        JsonNode second = console.json("/api/calls?service=pages&limit=3&after=" + first.path("next"));

        assertThat(first.path("calls")).extracting(ApiTest::model).containsExactly("model-5", "model-4", "model-3");
        assertThat(second.path("calls")).extracting(ApiTest::model).containsExactly("model-2", "model-1");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void conversationSumsWhatItsCallsTell() throws Exception {
        console.send(
                "talk",
                call("gpt-4o", null, "talk-1").toBuilder()
                        .put("gen_ai.usage.input_tokens", 10)
                        .build());
        console.send(
                "talk",
                call("gpt-4o", null, "talk-1").toBuilder()
                        .put("gen_ai.usage.input_tokens", 5)
                        .build());
        console.send("talk", call("claude", "timeout", "talk-1"));

        JsonNode talk = null;
        for (JsonNode conversation : console.json("/api/conversations").path("conversations")) {
            talk = conversation.path("id").asText().equals("talk-1") ? conversation : talk;
        }
        assertThat(talk).isNotNull();
        assertThat(talk.path("calls").asInt()).isEqualTo(3);
        assertThat(talk.path("failed").asInt()).isEqualTo(1);
        assertThat(talk.path("inputTokens").asInt()).isEqualTo(15);
        assertThat(talk.has("costUsd")).isFalse();
        assertThat(talk.path("models")).extracting(JsonNode::asText).containsExactly("claude", "gpt-4o");
    }

    @Test
    void traceHasItsSpansWithTheirAttributes() throws Exception {
        String id = console.send("trace", call("gpt-4o", null, null));

        JsonNode span = console.json("/api/traces/" + id).at("/spans/0");

        assertThat(span.path("name").asText()).isEqualTo("call");
        assertThat(span.path("service").asText()).isEqualTo("trace");
        assertThat(span.path("scope").asText()).isEqualTo("test");
        assertThat(span.path("kind").asText()).isEqualTo("internal");
        assertThat(span.path("call").asBoolean()).isTrue();
        assertThat(span.path("attributes").path("gen_ai.request.model").asText())
                .isEqualTo("gpt-4o");
    }

    @Test
    void exportInJsonIsTheSameAsOneInProtobuf() throws Exception {
        String body = """
                {'resourceSpans':[{'resource':{'attributes':[{'key':'service.name','value':{'stringValue':'json'}}]},
                 'scopeSpans':[{'scope':{'name':'js'},'spans':[{'traceId':'0af7651916cd43dd8448eb211c80319c','spanId':'b7ad6b7169203331',
                 'name':'chat gpt-4o','kind':3,'startTimeUnixNano':'1796000000000000000','endTimeUnixNano':1796000000250000000,
                 'status':{'code':2,'message':'boom'},'attributes':[
                 {'key':'gen_ai.operation.name','value':{'stringValue':'chat'}},
                 {'key':'gen_ai.usage.input_tokens','value':{'intValue':'12'}},
                 {'key':'gen_ai.response.finish_reasons','value':{'arrayValue':{'values':[{'stringValue':'stop'}]}}},
                 {'key':'stream','value':{'boolValue':true}},
                 {'key':'tags','value':{'kvlistValue':{'values':[{'key':'tier','value':{'doubleValue':1.5}}]}}}]}]}]}]}
                """;

        HttpResponse<String> taken = console.post(
                "/v1/traces", "application/json", body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(taken.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(taken.body()).isEqualTo("{}");
        JsonNode call = console.calls("json", "").get(0);
        assertThat(call.path("durationMs").asDouble()).isEqualTo(250);
        assertThat(call.at("/usage/inputTokens").asInt()).isEqualTo(12);
        assertThat(call.at("/answer/finishReason").asText()).isEqualTo("stop");
        JsonNode span =
                console.json("/api/traces/0af7651916cd43dd8448eb211c80319c").at("/spans/0");
        assertThat(span.path("error").asText()).isEqualTo("boom");
        assertThat(span.path("kind").asText()).isEqualTo("client");
        assertThat(span.at("/attributes/stream").asBoolean()).isTrue();
        assertThat(span.at("/attributes/tags/tier").asDouble()).isEqualTo(1.5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/calls?modle=gpt   | 400 | Unknown parameter "modle": use after, conversation, error, limit, model, q, service.
            /api/calls?limit=many  | 400 | limit must be a whole number from 1 to 1000, was "many".
            /api/calls?limit=5000  | 400 | limit must be a whole number from 1 to 1000, was "5000".
            /api/calls?q=a&q=b     | 400 | Parameter "q" comes twice.
            /api/events?after=3    | 400 | Unknown parameter "after": use conversation, error, model, q, service.
            /api/status?q=1        | 400 | Unknown parameter "q": there is none here.
            /api/traces/0af7       | 404 | There is no trace 0af7 here: it has not come, or newer ones have taken its place.
            """)
    void badRequestIsAProblemInASentence(String path, int status, String sentence) throws Exception {
        HttpResponse<String> answer = console.get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(new ObjectMapper().readTree(answer.body()).path("detail").asText())
                .isEqualTo(sentence);
    }

    @Test
    void newCallsThatMatchComeAsEvents() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(console.address() + "/api/events?service=live&model=gpt-4o"))
                .build();
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            assertThat(next(events).path("calls")).isEmpty();

            console.send("live", call("claude", null, null));
            console.send("live", call("gpt-4o", null, null));

            JsonNode event = next(events);
            while (event.path("calls").isEmpty()) {
                event = next(events);
            }
            assertThat(event.path("calls")).extracting(ApiTest::model).containsExactly("gpt-4o");
            assertThat(event.at("/status/models")).extracting(JsonNode::asText).contains("claude", "gpt-4o");
        }
    }

    private static JsonNode next(BufferedReader events) throws IOException {
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith("data: ")) {
                return new ObjectMapper().readTree(line.substring("data: ".length()));
            }
        }
        throw new AssertionError("the stream has ended");
    }

    private static List<String> models(String service, String parameters) throws Exception {
        List<String> models = new ArrayList<>();
        console.calls(service, parameters).forEach(call -> models.add(model(call)));
        return models;
    }

    private static String model(JsonNode call) {
        return call.at("/request/model").asText();
    }

    private static Attributes call(String model, @Nullable String error, @Nullable String conversation) {
        // The SDK leaves out an attribute that is null.
        return Attributes.builder()
                .put("gen_ai.operation.name", "chat")
                .put("gen_ai.request.model", model)
                .put(AttributeKey.stringKey("error.type"), error)
                .put(AttributeKey.stringKey("gen_ai.conversation.id"), conversation)
                .build();
    }
}
