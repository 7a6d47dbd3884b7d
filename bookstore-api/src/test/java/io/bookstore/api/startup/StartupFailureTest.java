package io.bookstore.api.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.exceptions.ConfigurationException;
import org.junit.jupiter.api.Test;

class StartupFailureTest {

    @Test
    void sentenceOfTheInnermostRuleIsTheOneThatAPersonGets() {
        RuntimeException failure = new IllegalStateException(
                "No bean", new IllegalArgumentException("bookstore.cache.ttl must be > 0, was PT0S"));

        assertThat(StartupFailure.explain(failure))
                .hasMessage("Bad setting: bookstore.cache.ttl must be > 0, was PT0S")
                .hasCause(failure);
    }

    @Test
    void causesInACircleEnd() {
        IllegalStateException first = new IllegalStateException("first");
        first.initCause(new ConfigurationException("second", first));

        assertThat(StartupFailure.explain(first)).hasMessage("Bad setting: second");
    }

    @Test
    void causesInACircleThatExplainNothingEnd() {
        IllegalStateException first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        assertThat(StartupFailure.explain(first))
                .hasMessage("The service cannot start: java.lang.IllegalStateException: first");
    }
}
