package io.bookstore.console.web;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A service on a free port, with the health and the metrics that a test gives it; every other path is 404. */
final class TestService implements AutoCloseable {

    private final HttpServer server;
    private final URI address;
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private record Reply(int status, byte[] body) {}

    TestService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            asked.add(path);
            Reply reply = replies.getOrDefault(path, new Reply(404, new byte[0]));
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(reply.status(), 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(reply.body());
            }
        });
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    URI address() {
        return address;
    }

    /** From now on, such a path has this answer; quotes may be single ones. */
    TestService answer(String path, int status, String body) {
        replies.put(path, new Reply(status, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** Returns the paths that were asked for since the last call. */
    List<String> takeAsked() {
        synchronized (asked) {
            List<String> taken = List.copyOf(asked);
            asked.clear();
            return taken;
        }
    }

    /**
     * The metrics of a service of this kit after so many summaries, which took between one and two seconds each and one refused attempt,
     * and twice as many requests for books that are not there.
     */
    static String metrics(int summaries) {
        return """
                # TYPE http_server_request_duration_seconds histogram
                http_server_request_duration_seconds_bucket{http_route='/api/v1/Books/{bookId}/generate-summary',http_response_status_code='200',le='1.0'} 0
                http_server_request_duration_seconds_bucket{http_route='/api/v1/Books/{bookId}/generate-summary',http_response_status_code='200',le='2.0'} %1$d
                http_server_request_duration_seconds_bucket{http_route='/api/v1/Books/{bookId}/generate-summary',http_response_status_code='200',le='+Inf'} %1$d
                http_server_request_duration_seconds_count{http_route='/api/v1/Books/{bookId}/generate-summary',http_response_status_code='200'} %1$d
                http_server_request_duration_seconds_count{http_route='/api/v1/Books/{bookId}',http_response_status_code='404'} %2$d
                http_server_request_duration_seconds_count{http_route='/health/readiness',http_response_status_code='200'} %3$d
                http_server_request_duration_seconds_count{http_route='none',http_response_status_code='200'} %3$d
                gen_ai_client_operation_duration_seconds_count{error_type='none'} %1$d
                gen_ai_client_operation_duration_seconds_count{error_type='timeout'} 3
                gen_ai_client_token_usage_sum{gen_ai_token_type='input'} %3$d
                gen_ai_client_token_usage_sum{gen_ai_token_type='output'} %1$d
                llm_cost_usd_total{gen_ai_request_model='claude-sonnet-4-5'} %4$s
                llm_attempts_total{outcome='failure',error_type='rate_limited'} %1$d
                llm_attempts_total{outcome='success',error_type='none'} %1$d
                llm_requests_active{gen_ai_provider_name='anthropic'} 2
                llm_requests_active{gen_ai_provider_name='openai'} 1
                llm_breaker_open{provider='anthropic'} 1
                llm_breaker_open{provider='openai'} 0
                llm_ratelimit_remaining{gen_ai_provider_name='anthropic',kind='requests'} 48
                llm_ratelimit_remaining{gen_ai_provider_name='openai',kind='requests'} 900
                llm_budget_remaining_usd 9.87
                jvm_memory_used_bytes{area='heap',id='Eden'} 4.0E7
                jvm_memory_used_bytes{area='heap',id='Old'} 6.0E7
                jvm_memory_used_bytes{area='nonheap',id='Metaspace'} 9.0E7
                """.formatted(summaries, 2 * summaries, 100 * summaries, summaries / 1000.0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
