package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.latency.Profiles;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.http2.StreamResetException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 with a client that begins with it; a stream is to the simulator what a connection with one request is. */
class Http2Test {

    private final SimulatorServer server = SimulatorServer.start(
            SimulatorConfig.defaults().withPort(0).withProfile("zero").withMaxBodyBytes(10_000));
    private final OkHttpClient client = new OkHttpClient.Builder()
            .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
            .retryOnConnectionFailure(false)
            .connectTimeout(2, TimeUnit.MINUTES)
            .readTimeout(2, TimeUnit.MINUTES)
            .writeTimeout(2, TimeUnit.MINUTES)
            .build();

    @AfterEach
    void stop() {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
        server.close();
    }

    @Test
    void answerIsTheSameAsOverHttp1() throws Exception {
        String overHttp1 = new RawHttp(server.baseUrl()).post("/v1/messages", body(true), "x-request-id: a");
        server.reset();
        try (Response response = client.newCall(request("a", body(true), null)).execute()) {
            assertThat(response.protocol()).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
            assertThat(response.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
            assertThat(response.header("transfer-encoding")).isNull();
            assertThat(response.body().string()).isEqualTo(RawHttp.body(overHttp1));
        }
    }

    @Test
    void streamsShareAConnectionWithoutWaitingForEachOther() throws Exception {
        server.behave(server.behaviour().withProfile(TestProfiles.A_TOKEN_AN_HOUR));
        Response unfinished = client.newCall(request("first", body(true), null)).execute();
        server.behave(server.behaviour().withProfile(Profiles.named("fixed")));
        List<CompletableFuture<String>> answers = IntStream.range(0, 8)
                .mapToObj(i -> answer(request("r-" + i, body(true), null)))
                .toList();

        for (CompletableFuture<String> answer : answers) {
            assertThat(answer.get(2, TimeUnit.MINUTES)).endsWith("data: {\"type\":\"message_stop\"}\n\n");
        }
        assertThat(client.connectionPool().connectionCount()).isEqualTo(1);
        assertThat(server.journal().attempts())
                .hasSize(8)
                .allSatisfy(attempt -> assertThat(attempt.result().outcome()).isEqualTo(Outcome.COMPLETED));
        unfinished.close();
    }

    @Test
    void resetIsOneOfTheStreamAndLeavesTheConnection() throws Exception {
        for (String fault : List.of("reset-before-headers", "reset-after-headers", "reset-after-chunks:1")) {
            assertThatThrownBy(() -> read(request("a", body(true), fault)))
                    .as(fault)
                    .isInstanceOf(StreamResetException.class)
                    .hasMessageContaining("INTERNAL_ERROR");
        }

        assertThat(read(request("b", body(false), null))).contains("\"type\":\"message\"");
        assertThat(client.connectionPool().connectionCount()).isEqualTo(1);
        assertThat(server.journal().attempts().stream()
                        .map(attempt -> attempt.result().outcome()))
                .containsExactly(Outcome.CUT, Outcome.CUT, Outcome.CUT, Outcome.COMPLETED);
    }

    @Test
    void oversizedBodyGetsTheProvidersWords() throws Exception {
        try (Response response =
                client.newCall(request("a", " ".repeat(10_001), null)).execute()) {
            assertThat(response.code()).isEqualTo(413);
            assertThat(response.body().string()).contains("\"type\":\"request_too_large\"");
        }
    }

    private CompletableFuture<String> answer(Request request) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        client.newCall(request).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call call, Response response) throws IOException {
                answer.complete(response.body().string());
            }
        });
        return answer;
    }

    private String read(Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        }
    }

    private Request request(String key, String body, @Nullable String fault) {
        Request.Builder request = new Request.Builder()
                .url(server.baseUrl() + "/v1/messages")
                .header("x-api-key", "any")
                .header("anthropic-version", "2023-06-01")
                .header("x-request-id", key)
                .post(RequestBody.create(body, MediaType.get("application/json")));
        return (fault == null ? request : request.header("x-simulator-fault", fault)).build();
    }

    private static String body(boolean streaming) {
        return "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":50,\"stream\":" + streaming
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Summarize Emma\"}]}";
    }
}
