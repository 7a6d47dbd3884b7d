package io.bookstore.llm.langchain4j.http;

import io.bookstore.llm.Inference;
import io.bookstore.llm.langchain4j.provider.ProviderDialect;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer, cut when it takes too long or grows too big. Used by one thread; the watch is another.
 *
 * <p>An exchange sets one alarm, which looks when the last byte came and goes off again for the rest: reading only notes the
 * time, for a stream reads once a token.
 */
final class Exchange implements AutoCloseable {

    private static final String GIVEN_UP = "the caller no longer waits for the provider";

    private final HttpLimits limits;
    private final @Nullable CallerPatience patience;
    private final ScheduledExecutorService watch;
    private final long startNanos = System.nanoTime();
    private volatile @Nullable String cutBecause;
    private volatile @Nullable InputStream raw;
    private volatile long heardNanos;
    private @Nullable Thread sender;
    private @Nullable ScheduledFuture<?> alarm;
    private boolean closed;

    private Exchange(HttpLimits limits, @Nullable CallerPatience patience, ScheduledExecutorService watch) {
        this.limits = limits;
        this.watch = watch;
        this.patience = patience;
    }

    /** An exchange of the current caller. */
    static Exchange start(HttpLimits limits, ScheduledExecutorService watch) {
        CallerPatience patience = CallerPatience.current();
        Exchange exchange = new Exchange(limits, patience, watch);
        if (patience != null) {
            patience.watch(exchange);
        }
        return exchange;
    }

    HttpResponse<InputStream> send(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = answer(http, request);
        tellLimits(response);
        if (patience != null && response.statusCode() < 300) {
            patience.answerBegins();
        }
        return response;
    }

    // Before JDK 25, sendAsync starts a thread for each call where the common pool has one worker: with two processors.
    private HttpResponse<InputStream> answer(HttpClient http, HttpRequest request)
            throws IOException, InterruptedException {
        heardNanos = System.nanoTime();
        setAlarm(limits.deadline());
        beginToSend();
        boolean interrupted = false;
        try {
            // It may have been cut before there was anything to cut.
            rethrowIfCut();
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            interrupted = true;
            rethrowIfCut();
            throw e;
        } catch (IOException e) {
            rethrowIfCut();
            throw e;
        } finally {
            if (endToSend() && !interrupted) {
                // The cut came too late to be noticed; whatever this thread does next is not meant.
                Thread.interrupted();
            }
        }
    }

    private synchronized void beginToSend() {
        sender = Thread.currentThread();
    }

    /** Returns whether the thread was interrupted by a cut. */
    private synchronized boolean endToSend() {
        boolean cut = sender == null;
        sender = null;
        return cut;
    }

    private synchronized void interruptSender() {
        Thread thread = sender;
        if (thread != null) {
            sender = null;
            thread.interrupt();
        }
    }

    /**
     * The answer's body; reading fails once the deadline has passed, after {@code maxSilence} without a byte, or beyond the
     * limit of size.
     */
    InputStream body(HttpResponse<InputStream> response, Duration maxSilence) {
        InputStream source = response.body();
        raw = source;
        String reason = cutBecause;
        if (reason != null) {
            cut(reason);
        }
        heardNanos = System.nanoTime();
        setAlarm(maxSilence);
        return new Guarded(source);
    }

    /** Throws if the exchange was cut: some readers take a cut for an end. */
    void rethrowIfCut() throws IOException {
        String reason = cutBecause;
        if (reason != null) {
            throw new HttpTimeoutException(reason);
        }
    }

    /** The caller waits no more. */
    void giveUp() {
        cut(GIVEN_UP);
    }

    @Override
    public void close() throws IOException {
        if (patience != null) {
            patience.forget(this);
        }
        disarm();
        InputStream source = raw;
        if (source != null) {
            source.close();
        }
    }

    private void checkSilence(Duration maxSilence) {
        if (remainingNanos() == 0) {
            cut(deadlineText());
        } else if (silenceLeft(maxSilence) <= 0) {
            cut("the provider was silent for " + maxSilence.toMillis() + " ms");
        } else {
            setAlarm(maxSilence);
        }
    }

    private synchronized void setAlarm(Duration maxSilence) {
        if (!closed) {
            if (alarm != null) {
                alarm.cancel(false);
            }
            long delay = Math.min(remainingNanos(), silenceLeft(maxSilence));
            alarm = watch.schedule(() -> checkSilence(maxSilence), delay, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void disarm() {
        closed = true;
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    private long silenceLeft(Duration maxSilence) {
        return maxSilence.toNanos() - (System.nanoTime() - heardNanos);
    }

    // An interrupted sender cancels what it sent. Closing the body closes the socket; the blocked read then fails.
    private void cut(String reason) {
        cutBecause = reason;
        interruptSender();
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
        long own = Math.max(0, limits.deadline().toNanos() - (System.nanoTime() - startNanos));
        return patience == null ? own : Math.min(own, patience.remainingNanos());
    }

    private String deadlineText() {
        return patience != null
                        && patience.endsBefore(startNanos + limits.deadline().toNanos())
                ? "the exchange with the provider took longer than its caller waits"
                : "the exchange with the provider took longer than "
                        + limits.deadline().toMillis() + " ms";
    }

    private static void tellLimits(HttpResponse<?> response) {
        Inference call = Inference.current();
        if (call == null) {
            return;
        }
        ProviderDialect.REMAINING_LIMITS.forEach((header, kind) -> response.headers()
                .firstValue(header)
                .ifPresent(value -> {
                    try {
                        call.rateLimitRemaining(kind, Long.parseLong(value.strip()));
                    } catch (NumberFormatException notACount) {
                        // A gateway may put anything there; then nothing is known.
                    }
                }));
    }

    private final class Guarded extends FilterInputStream {

        private long count;

        Guarded(InputStream source) {
            super(source);
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
                    throw new UnusableAnswerException(
                            "the provider's answer is longer than " + limits.maxAnswerBytes() + " bytes");
                }
                heardNanos = System.nanoTime();
            }
            return read;
        }
    }
}
