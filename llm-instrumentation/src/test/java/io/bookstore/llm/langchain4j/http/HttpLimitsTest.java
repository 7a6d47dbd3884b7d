package io.bookstore.llm.langchain4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HttpLimitsTest {

    private final HttpLimits limits = HttpLimits.defaults();

    @Test
    void defaults() {
        assertThat(limits)
                .isEqualTo(new HttpLimits(
                        Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(15), 8_388_608));
    }

    @Test
    void everyLimitIsWhatItIsSetTo() {
        assertThat(limits.withConnectTimeout(Duration.ofSeconds(1))
                        .withDeadline(Duration.ofSeconds(2))
                        .withChunkTimeout(Duration.ofSeconds(3))
                        .withMaxAnswerBytes(4))
                .isEqualTo(new HttpLimits(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), 4));
    }

    static Stream<Arguments> wrongLimits() {
        HttpLimits limits = HttpLimits.defaults();
        return Stream.of(
                wrong("connectTimeout must be > 0, was PT0S", () -> limits.withConnectTimeout(Duration.ZERO)),
                wrong("deadline must be > 0, was PT-1S", () -> limits.withDeadline(Duration.ofSeconds(-1))),
                wrong("chunkTimeout must be > 0, was PT0S", () -> limits.withChunkTimeout(Duration.ZERO)),
                wrong("maxAnswerBytes must be > 0, was 0", () -> limits.withMaxAnswerBytes(0)),
                wrong(
                        "deadline must be > 0, was PT0S",
                        () -> BoundedHttpClientBuilder.create().readTimeout(Duration.ZERO)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongLimits")
    void wrongLimitIsNamedWithItsRule(String rule, ThrowingCallable limit) {
        assertThatThrownBy(limit).isInstanceOf(IllegalArgumentException.class).hasMessage(rule);
    }

    private static Arguments wrong(String rule, ThrowingCallable limit) {
        return Arguments.of(rule, limit);
    }
}
