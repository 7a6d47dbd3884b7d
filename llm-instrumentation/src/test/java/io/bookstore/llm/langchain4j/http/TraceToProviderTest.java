package io.bookstore.llm.langchain4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The provider, or the gateway before it, sees the span of the call as its parent. */
class TraceToProviderTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private final AtomicReference<String> traceparent = new AtomicReference<>();
    private HttpServer provider;

    @BeforeEach
    void startProvider() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            traceparent.set(exchange.getRequestHeaders().getFirst("traceparent"));
            byte[] body = "data: {\"a\":1}\n\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
    }

    @AfterEach
    void stopProvider() {
        provider.stop(0);
    }

    @Test
    void wholeAnswerIsAskedForWithTheSpanOfItsCall() {
        HttpClient client =
                PatientLimits.http().openTelemetry(otel.getOpenTelemetry()).build();

        inCall(() -> client.execute(request()));

        assertThat(traceparent.get()).startsWith(spanOfTheCall());
    }

    @Test
    void streamIsAskedForWithTheSpanOfItsCall() {
        HttpClient client =
                PatientLimits.http().openTelemetry(otel.getOpenTelemetry()).build();
        CompletableFuture<Void> end = new CompletableFuture<>();

        inCall(() -> client.execute(request(), new DefaultServerSentEventParser(), new ServerSentEventListener() {
            @Override
            public void onEvent(ServerSentEvent event) {}

            @Override
            public void onError(Throwable error) {
                end.complete(null);
            }

            @Override
            public void onClose() {
                end.complete(null);
            }
        }));
        end.join();

        assertThat(traceparent.get()).startsWith(spanOfTheCall());
    }

    @Test
    void nothingIsSentUnlessTheHostWantsIt() {
        HttpClient client = PatientLimits.http().build();

        inCall(() -> client.execute(request()));

        assertThat(traceparent).hasValue(null);
    }

    private static void inCall(Runnable exchange) {
        Inference call = GenAiTelemetry.create(otel.getOpenTelemetry())
                .start(InferenceRequest.chat("openai", "gpt-4o").build());
        try (Scope ignored = call.makeCurrent()) {
            exchange.run();
        }
        call.complete(InferenceResponse.of("gpt-4o", TokenUsage.UNKNOWN));
    }

    private static String spanOfTheCall() {
        assertThat(otel.getSpans()).hasSize(1);
        return "00-" + otel.getSpans().get(0).getTraceId() + "-"
                + otel.getSpans().get(0).getSpanId() + "-";
    }

    private HttpRequest request() {
        return HttpRequest.builder()
                .method(HttpMethod.POST)
                .url("http://127.0.0.1:" + provider.getAddress().getPort() + "/v1/messages")
                .body("{}")
                .build();
    }
}
