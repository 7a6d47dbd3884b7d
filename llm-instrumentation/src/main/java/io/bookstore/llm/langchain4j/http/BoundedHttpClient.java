package io.bookstore.llm.langchain4j.http;

import dev.langchain4j.http.client.FormDataFile;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.regex.Pattern;

/**
 * An HTTP client over the JDK's, in which every exchange ends: by its answer, by the deadline, by silence or by a cancel.
 * The JDK's own timeout stops counting at the response headers (JDK-8208693), so a body that stalls would hang for ever.
 */
final class BoundedHttpClient implements HttpClient {

    private static final Pattern NOTHING = Pattern.compile("\\s*(?:\\{\\s*})?\\s*");

    private static final TextMapSetter<java.net.http.HttpRequest.Builder> SET_HEADER = (request, name, value) -> {
        if (request != null) {
            request.setHeader(name, value);
        }
    };

    private final java.net.http.HttpClient http;
    private final HttpLimits limits;
    private final Attempts attempts;
    private final Executor threads;
    private final ScheduledThreadPoolExecutor watch = ClientThreads.watching();

    private final TextMapPropagator propagator;

    BoundedHttpClient(HttpLimits limits, Attempts attempts, Executor threads, TextMapPropagator propagator) {
        this.propagator = propagator;
        this.limits = limits;
        this.attempts = attempts;
        this.threads = threads;
        // HTTP/2 over cleartext would begin with an upgrade that some gateways answer wrongly.
        this.http = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.connectTimeout())
                .executor(threads)
                .build();
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try (Exchange exchange = Exchange.start(limits, watch)) {
            HttpResponse<InputStream> response = exchange.send(http, request(request));
            byte[] body = exchange.body(response, limits.deadline()).readAllBytes();
            refuseError(response, body);
            String text = new String(body, StandardCharsets.UTF_8);
            if (NOTHING.matcher(text).matches()) {
                throw new EmptyAnswerException(response.statusCode());
            }
            attempts.succeeded();
            return answer(response, text);
        } catch (ProviderHttpException | EmptyAnswerException e) {
            attempts.failed(e);
            throw e;
        } catch (IOException e) {
            attempts.failed(e);
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(
                    new java.io.InterruptedIOException("interrupted while waiting for the provider"));
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        threads.execute(Context.current().wrap(() -> stream(request, parser, listener)));
    }

    private void stream(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        StreamEnd stream = new StreamEnd(listener, attempts);
        try (Exchange exchange = Exchange.start(limits, watch)) {
            HttpResponse<InputStream> response = exchange.send(http, request(request));
            if (response.statusCode() >= 400) {
                refuseError(response, exchange.body(response, limits.deadline()).readAllBytes());
            }
            stream.onOpen(answer(response, ""));
            parser.parse(exchange.body(response, limits.chunkTimeout()), stream);
            exchange.rethrowIfCut();
            stream.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stream.onError(e);
        } catch (Exception e) {
            stream.onCut(e);
        } catch (Throwable error) {
            // Of the host's callbacks or of another version of a library: whoever waits for the end must hear of it.
            stream.onCut(error);
            throw error;
        }
    }

    private java.net.http.HttpRequest request(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        propagator.inject(Context.current(), builder, SET_HEADER);
        Map<String, FormDataFile> files = request.formDataFiles();
        if (files != null && !files.isEmpty()) {
            throw new UnsupportedOperationException(
                    "this client sends no files; use LangChain4j's own for " + request.url());
        }
        String body = request.body();
        return builder.method(
                        request.method().name(),
                        body == null
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static void refuseError(HttpResponse<?> response, byte[] body) {
        if (response.statusCode() >= 400) {
            throw new ProviderHttpException(
                    response.statusCode(),
                    new String(body, StandardCharsets.UTF_8),
                    response.headers().map());
        }
    }

    private static SuccessfulHttpResponse answer(HttpResponse<?> response, String body) {
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .body(body)
                .build();
    }
}
