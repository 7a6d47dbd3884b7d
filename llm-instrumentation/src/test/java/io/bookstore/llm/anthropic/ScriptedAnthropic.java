package io.bookstore.llm.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.beta.messages.BetaTool;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Tool;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A server that answers byte for byte what a test tells it, a client of the SDK for it, and questions for both. */
final class ScriptedAnthropic implements AutoCloseable {

    static final String ANSWER = """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-4-5-20251001",
             "content":[{"type":"thinking","thinking":"Look it up","signature":"s"},
               {"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Bern"}}],
             "stop_reason":"tool_use","stop_sequence":null,
             "usage":{"input_tokens":100,"cache_creation_input_tokens":300,"cache_read_input_tokens":600,
               "cache_creation":{"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":0},
               "output_tokens":50,"output_tokens_details":{"thinking_tokens":20}}}""";

    static final String START = event("message_start", """
            "message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-4-5-20251001",\
            "content":[],"stop_reason":null,"stop_sequence":null,\
            "usage":{"input_tokens":100,"cache_read_input_tokens":600,"cache_creation_input_tokens":300,"output_tokens":1}}""");

    static final String THINKING = event("content_block_start", """
            "index":0,"content_block":{"type":"thinking","thinking":"","signature":""}""")
            + event("content_block_delta", """
            "index":0,"delta":{"type":"thinking_delta","thinking":"Look it up"}""")
            + event("content_block_stop", "\"index\":0");

    static final String TOOL = event("content_block_start", """
            "index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{}}""")
            + event("content_block_delta", """
            "index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\":"}""")
            + event("content_block_delta", """
            "index":1,"delta":{"type":"input_json_delta","partial_json":"\\"Bern\\"}"}""")
            + event("content_block_stop", "\"index\":1");

    static final String LAST = event("message_delta", """
            "delta":{"stop_reason":"tool_use","stop_sequence":null},\
            "usage":{"output_tokens":50,"output_tokens_details":{"thinking_tokens":20}}""");

    static final String END = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private final HttpServer http;
    private final AnthropicClient client;

    ScriptedAnthropic() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.start();
        client = AnthropicOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + http.getAddress().getPort())
                .apiKey("none")
                .maxRetries(0)
                .build();
    }

    /** The client, not wrapped. */
    AnthropicClient bare() {
        return client;
    }

    void answer(int status, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.getResponseHeaders().add("request-id", "req_1");
            exchange.getResponseHeaders().add("anthropic-ratelimit-requests-remaining", "99");
            exchange.getResponseHeaders().add("anthropic-ratelimit-tokens-remaining", "1234");
            exchange.getResponseHeaders().add("anthropic-ratelimit-input-tokens-remaining", "1000");
            exchange.getResponseHeaders().add("anthropic-ratelimit-output-tokens-remaining", "234");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    static MessageCreateParams weather() {
        return MessageCreateParams.builder()
                .model("claude-haiku-4-5")
                .maxTokens(500)
                .system("Be brief")
                .addUserMessage("Is it raining in Bern?")
                .addTool(Tool.builder()
                        .name("get_weather")
                        .description("The weather of a city")
                        .inputSchema(Tool.InputSchema.builder().build())
                        .build())
                .build();
    }

    static com.anthropic.models.beta.messages.MessageCreateParams betaWeather() {
        return com.anthropic.models.beta.messages.MessageCreateParams.builder()
                .model("claude-haiku-4-5")
                .maxTokens(500)
                .system("Be brief")
                .addUserMessage("Is it raining in Bern?")
                .addTool(BetaTool.builder()
                        .name("get_weather")
                        .description("The weather of a city")
                        .inputSchema(BetaTool.InputSchema.builder().build())
                        .build())
                .build();
    }

    static String text(String piece) {
        return event(
                "content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + piece + "\"}");
    }

    static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n";
    }

    static String error(String type) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"no\"},\"request_id\":\"req_1\"}";
    }

    @Override
    public void close() {
        client.close();
        http.stop(0);
    }
}
