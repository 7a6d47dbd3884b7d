package io.bookstore.llm.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The most telling cause gives an exception its meaning, not its wrapper. */
class ErrorTypeTest {

    static Stream<Arguments> exceptions() {
        return Stream.of(
                of("timeout", new TimeoutException()),
                of("timeout", new ExecutionException(new TimeoutException())),
                of("timeout", new HttpTimeoutException("late")),
                of("timeout", new UncheckedIOException(new HttpConnectTimeoutException("late"))),
                of("timeout", new UncheckedIOException(new IOException("broken", new HttpTimeoutException("late")))),
                of("timeout", new SocketTimeoutException("late")),
                of("cancelled", new CancellationException()),
                of("cancelled", new RuntimeException(new InterruptedException())),
                of("cancelled", new UncheckedIOException(new InterruptedIOException())),
                of("timeout", new InterruptedIOException("timeout")),
                of("timeout", new InterruptedIOException("Read timed out")),
                of("cancelled", new InterruptedIOException("interrupted")),
                of("cancelled", new IOException("Canceled")),
                of("network", new ConnectException("refused")),
                of("network", new IOException("broken")),
                of("network", new UncheckedIOException(new IOException("broken"))),
                of("network", new IllegalStateException(new UncheckedIOException(new ConnectException("refused")))),
                of("_OTHER", new IllegalStateException("defect")),
                of("_OTHER", new OutOfMemoryError()));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("exceptions")
    void mostTellingCauseDecides(String wireName, Throwable error) {
        assertThat(ErrorType.of(error).wireName()).isEqualTo(wireName);
    }

    @Test
    void causesInACircleEnd() {
        IllegalStateException first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        assertThat(ErrorType.of(first)).isEqualTo(ErrorType.OTHER);
        assertThat(CauseChain.of(first)).hasSize(20);
    }

    private static Arguments of(String wireName, Throwable error) {
        return Arguments.of(wireName, error);
    }
}
