package io.bookstore.llm.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.bookstore.llm.semconv.Profile;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentationPropertiesTest {

    private final TestApplication application = TestApplication.withoutSdk();

    @Test
    void defaultsAreThoseOfTheLibrary() {
        assertThat(properties())
                .isEqualTo(new InstrumentationProperties(
                        true, null, false, null, true, null, Set.of(Profile.KIT), Set.of(), List.of(), 50, true));
    }

    @Test
    void everyPropertyIsRead() {
        application
                .property("llm.instrumentation.enabled", "false")
                .property("llm.instrumentation.prices-file", "/etc/prices.csv")
                .property("llm.instrumentation.capture-content", "true")
                .property("llm.instrumentation.content-max-characters", "200")
                .property("llm.instrumentation.exception-messages", "false")
                .property("llm.instrumentation.conventions", "v0-1")
                .property("llm.instrumentation.profiles", "langfuse,open-inference")
                .property("llm.instrumentation.events", "exception")
                .property("llm.instrumentation.metric-keys", "user.id")
                .property("llm.instrumentation.max-models", "7")
                .property("llm.instrumentation.read-baggage", "false");

        assertThat(properties())
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
                        false));
    }

    @Test
    void listsOfYamlAreRead() {
        application
                .property("llm.instrumentation.profiles", List.of("langfuse", "open-inference"))
                .property("llm.instrumentation.events", List.of("exception", "operation-details"));

        assertThat(properties().profiles()).containsExactlyInAnyOrder(Profile.LANGFUSE, Profile.OPEN_INFERENCE);
        assertThat(properties().events()).containsExactlyInAnyOrder(GenAiEvent.EXCEPTION, GenAiEvent.OPERATION_DETAILS);
    }

    @Test
    void profilesMayBeNone() {
        application.property("llm.instrumentation.profiles", "");

        assertThat(properties().profiles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "max-models, many, int",
        "content-max-characters, 1e9, Integer",
        "read-baggage, ture, boolean",
        "enabled, perhaps, boolean",
        "conventions, v9, Set<GenAiConventions>",
        "profiles, 'kit,none', Set<Profile>"
    })
    void valueThatCannotBeReadIsAnErrorThatNamesIt(String property, String value, String type) {
        application.property("llm.instrumentation." + property, value);

        assertThatThrownBy(this::properties)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("llm.instrumentation." + property + " must be of type " + type + ", was " + value);
    }

    private InstrumentationProperties properties() {
        try (ApplicationContext context = application.start()) {
            return InstrumentationProperties.of(context);
        }
    }
}
