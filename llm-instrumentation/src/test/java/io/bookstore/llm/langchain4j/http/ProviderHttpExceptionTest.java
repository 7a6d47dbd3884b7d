package io.bookstore.llm.langchain4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderHttpExceptionTest {

    @ParameterizedTest
    @CsvSource({"0, PT0S", "' 7 ', PT7S", "86400, PT24H", "86401, PT24H", "99999999999999, PT24H"})
    void waitIsWhatTheProviderAsksForAndADayAtMost(String header, String wait) {
        assertThat(refusal(header).retryAfter()).hasToString(wait);
    }

    @ParameterizedTest
    @CsvSource({"-1", "soon", "1.5", "'Fri, 27 Nov 2026 00:00:00 GMT'", "99999999999999999999"})
    void waitThatCannotBeReadIsNone(String header) {
        assertThat(refusal(header).retryAfter()).isNull();
    }

    private static ProviderHttpException refusal(String retryAfter) {
        return new ProviderHttpException(429, "slow down", Map.of("Retry-After", List.of(retryAfter)));
    }
}
