package io.bookstore.console.local;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests to programs of this machine, through no proxy, and follows no redirect. An answer is read up to a limit and for so
 * long, since the program may be any. Thread-safe.
 */
public final class LocalClient {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final int mostBytes;
    private final Duration patience;

    public LocalClient(int mostBytes, Duration patience) {
        this.mostBytes = mostBytes;
        this.patience = patience;
    }

    /**
     * Sends a request.
     *
     * @throws LongAnswerException  if the answer has more bytes than may be
     * @throws HttpTimeoutException if not all of it has come in time
     * @throws IOException          if nothing answers
     */
    public HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> sent = http.sendAsync(request, answer -> new LimitedBody(mostBytes));
        try {
            // A limit of the request itself would end with the headers of its answer.
            HttpResponse<byte[]> answer = sent.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (answer.body().length > mostBytes) {
                throw new LongAnswerException(mostBytes);
            }
            return answer;
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new HttpTimeoutException("no answer within " + patience);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
