package io.bookstore.llm.langchain4j.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProviderDialectTest {

    @Test
    void everyDialectOfAProviderIsAsked() {
        List<Class<?>> ofProviders = Stream.of(ProviderDialect.class.getPermittedSubclasses())
                .<Class<?>>map(dialect -> dialect)
                .filter(dialect -> dialect != AnyDialect.class)
                .toList();

        assertThat(ProviderDialect.ALL.stream().<Class<?>>map(Object::getClass))
                .as("ProviderDialect.ALL has an object of each permitted class")
                .containsExactlyInAnyOrderElementsOf(ofProviders);
    }
}
