package io.bookstore.llm.spring.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.error.ErrorType;
import java.net.SocketTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

class AiErrorsTest {

    static Stream<Arguments> exceptions() {
        return Stream.of(
                Arguments.of(new NonTransientAiException("401 - wrong key"), ErrorType.AUTHENTICATION),
                Arguments.of(new NonTransientAiException("HTTP 429 - slow down"), ErrorType.RATE_LIMITED),
                Arguments.of(new TransientAiException("503 - busy"), ErrorType.OVERLOADED),
                Arguments.of(new TransientAiException("the answer says 503 - busy"), ErrorType.OTHER),
                Arguments.of(new HttpClientErrorException(HttpStatus.NOT_FOUND), ErrorType.NOT_FOUND),
                Arguments.of(
                        new IllegalStateException(new WebClientResponseException(500, "oops", null, null, null)),
                        ErrorType.SERVER_ERROR),
                Arguments.of(
                        new ResourceAccessException("no answer", new SocketTimeoutException("timed out")),
                        ErrorType.TIMEOUT),
                Arguments.of(new CancellationException(), ErrorType.CANCELLED),
                Arguments.of(new IllegalArgumentException("model must not be null"), ErrorType.OTHER));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void statusDecidesWhereThereIsOne(Throwable error, ErrorType type) {
        assertThat(AiErrors.errorType(error)).isEqualTo(type);
    }
}
