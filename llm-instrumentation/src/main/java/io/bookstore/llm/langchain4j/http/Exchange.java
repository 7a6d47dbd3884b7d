package io.bookstore.llm.langchain4j.http;

import io.bookstore.llm.Inference;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request and its answer, cut when it takes too long or grows too big. Used by one thread; the watch is another. */
final class Exchange implements AutoCloseable {

    private static final ScheduledThreadPoolExecutor watch = watch();

    /** Headers in which providers tell what is left, and the kind of limit each one is about. */
    private static final Map<String, String> REMAINING = Map.of(
            "anthropic-ratelimit-requests-remaining", "requests",
            "anthropic-ratelimit-tokens-remaining", "tokens",
            "anthropic-ratelimit-input-tokens-remaining", "input_tokens",
            "anthropic-ratelimit-output-tokens-remaining", "output_tokens",
            "x-ratelimit-remaining-requests", "requests",
            "x-ratelimit-remaining-tokens", "tokens");

    private final HttpLimits limits;
    private final long startNanos = System.nanoTime();
    private volatile @Nullable String cutBecause;
    private volatile @Nullable InputStream raw;
    private @Nullable ScheduledFuture<?> alarm;

    private Exchange(HttpLimits limits) {
        this.limits = limits;
    }

    static Exchange start(HttpLimits limits) {
        return new Exchange(limits);
    }

    HttpResponse<InputStream> send(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        try {
            HttpResponse<InputStream> response = answer.get(remainingNanos(), TimeUnit.NANOSECONDS);
            tellLimits(response);
            return response;
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw tooLate();
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    /**
     * The answer's body; reading fails once the deadline has passed, after {@code maxSilence} without a byte, or beyond the
     * limit of size.
     */
    InputStream body(HttpResponse<InputStream> response, Duration maxSilence) {
        InputStream source = response.body();
        raw = source;
        rearm(maxSilence);
        return new Guarded(source, maxSilence);
    }

    /** For readers that take a cut for an end. */
    void rethrowIfCut() throws IOException {
        String reason = cutBecause;
        if (reason != null) {
            throw new HttpTimeoutException(reason);
        }
    }

    @Override
    public void close() throws IOException {
        disarm();
        InputStream source = raw;
        if (source != null) {
            source.close();
        }
    }

    private void rearm(Duration maxSilence) {
        disarm();
        long remaining = remainingNanos();
        boolean deadlineFirst = remaining <= maxSilence.toNanos();
        String reason = deadlineFirst ? deadlineText() : "the provider was silent for " + maxSilence.toMillis() + " ms";
        alarm = watch.schedule(() -> cut(reason), Math.min(remaining, maxSilence.toNanos()), TimeUnit.NANOSECONDS);
    }

    private void disarm() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }

    // Closing the body closes the socket; the blocked read then fails.
    private void cut(String reason) {
        cutBecause = reason;
        InputStream source = raw;
        try {
            if (source != null) {
                source.close();
            }
        } catch (IOException alreadyGone) {
            // Then there is nothing left to cut.
        }
    }

    private long remainingNanos() {
        return Math.max(0, limits.deadline().toNanos() - (System.nanoTime() - startNanos));
    }

    private HttpTimeoutException tooLate() {
        return new HttpTimeoutException(deadlineText());
    }

    private String deadlineText() {
        return "the exchange with the provider took longer than "
                + limits.deadline().toMillis() + " ms";
    }

    private static void tellLimits(HttpResponse<?> response) {
        Inference call = Inference.current();
        if (call == null) {
            return;
        }
        REMAINING.forEach((header, kind) -> response.headers()
                .firstValue(header)
                .ifPresent(value -> {
                    try {
                        call.rateLimitRemaining(kind, Long.parseLong(value.strip()));
                    } catch (NumberFormatException notACount) {
                        // A gateway may put anything there; then nothing is known.
                    }
                }));
    }

    private static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "llm-http-watch");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    private final class Guarded extends FilterInputStream {

        private final Duration maxSilence;
        private long count;

        Guarded(InputStream source, Duration maxSilence) {
            super(source);
            this.maxSilence = maxSilence;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read;
            try {
                read = super.read(target, offset, length);
            } catch (IOException e) {
                rethrowIfCut();
                throw e;
            }
            rethrowIfCut();
            if (read > 0) {
                count += read;
                if (count > limits.maxAnswerBytes()) {
                    throw new OversizedAnswerException(limits.maxAnswerBytes());
                }
                rearm(maxSilence);
            }
            return read;
        }
    }
}
