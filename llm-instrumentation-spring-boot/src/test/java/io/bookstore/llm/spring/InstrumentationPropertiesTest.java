package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.bookstore.llm.semconv.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class InstrumentationPropertiesTest {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void defaultsAreThoseOfTheLibrary() {
        assertThat(InstrumentationProperties.of(environment))
                .isEqualTo(new InstrumentationProperties(
                        true,
                        null,
                        false,
                        null,
                        true,
                        null,
                        Set.of(Profile.KIT),
                        Set.of(),
                        List.of(),
                        50,
                        true,
                        false,
                        true));
    }

    @Test
    void everyPropertyIsRead() {
        environment
                .withProperty("llm.instrumentation.enabled", "false")
                .withProperty("llm.instrumentation.prices-file", "/etc/prices.csv")
                .withProperty("llm.instrumentation.capture-content", "true")
                .withProperty("llm.instrumentation.content-max-characters", "200")
                .withProperty("llm.instrumentation.exception-messages", "false")
                .withProperty("llm.instrumentation.conventions", "v0-1")
                .withProperty("llm.instrumentation.profiles", "langfuse, open-inference")
                .withProperty("llm.instrumentation.events", "exception")
                .withProperty("llm.instrumentation.metric-keys", "user.id")
                .withProperty("llm.instrumentation.max-models", "7")
                .withProperty("llm.instrumentation.read-baggage", "false")
                .withProperty("llm.instrumentation.spring-ai-observations", "true")
                .withProperty("llm.instrumentation.final-classes", "false");

        assertThat(InstrumentationProperties.of(environment))
                .isEqualTo(new InstrumentationProperties(
                        false,
                        Path.of("/etc/prices.csv"),
                        true,
                        200,
                        false,
                        Set.of(GenAiConventions.V0_1),
                        Set.of(Profile.LANGFUSE, Profile.OPEN_INFERENCE),
                        Set.of(GenAiEvent.EXCEPTION),
                        List.of("user.id"),
                        7,
                        false,
                        true,
                        false));
    }

    @Test
    void profilesMayBeNone() {
        environment.withProperty("llm.instrumentation.profiles", "");

        assertThat(InstrumentationProperties.of(environment).profiles()).isEmpty();
    }
}
