package io.bookstore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.api.llm.provider.ConfiguredProvider;
import io.bookstore.api.llm.provider.ProviderKind;
import io.bookstore.api.startup.StartupException;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BookStoreTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bookstore.llm.deadline                            | -1s      | bookstore.llm.deadline must be > 0, was PT-1S
                    bookstore.llm.deadline                            | soon     | bookstore.llm.deadline must be a duration such as 30s or 500ms, was soon
                    bookstore.llm.stream                              | maybe    | bookstore.llm.stream must be true or false, was maybe
                    bookstore.llm.max-output-tokens                   | 0        | bookstore.llm.max-output-tokens must be >= 1, was 0
                    bookstore.llm.temperature                         | 2.1      | bookstore.llm.temperature must be 0 to 2, was 2.1
                    bookstore.llm.fallbacks                           | acme     | bookstore.llm.fallbacks must be one of {providers}, was acme
                    bookstore.llm.resilience.retry-budget-percent     | 101      | bookstore.llm.resilience.retry-budget-percent must be 0 to 100, was 101
                    bookstore.llm.providers.openai.api-key-file       | /no/key  | bookstore.llm.providers.openai.api-key-file cannot be read: /no/key
                    bookstore.llm.daily-budget-usd                    | -1       | bookstore.llm.daily-budget-usd must be >= 0, was -1
                    bookstore.llm.daily-budget-usd                    | 9000001  | bookstore.llm.daily-budget-usd must be <= 9000000, was 9000001
                    bookstore.llm.daily-budget-usd                    | lots     | bookstore.llm.daily-budget-usd must be a number, was lots
                    bookstore.llm.provider                            | acme     | bookstore.llm.provider must be one of {providers}, was acme
                    bookstore.llm.providers.openai.base-url           | ftp://x  | bookstore.llm.providers.openai.base-url must be an http or https address, was ftp://x
                    bookstore.llm.providers.openai.base-url           | http://u:hidden@bad host | base-url must be an http or https address, was http://***@bad host
                    bookstore.simulator.url                           | u:hidden@host | must be an http or https address, was ***@host
                    bookstore.llm.providers.openai.kind               | telegram | bookstore.llm.providers.openai.kind must be one of {kinds}, was telegram
                    bookstore.llm.providers.openai.requests-per-minute | -1      | bookstore.llm.providers.openai.requests-per-minute must be >= 0, was -1
                    bookstore.llm.content.redact                      | (        | bookstore.llm.content.redact must be a regular expression, was (: Unclosed group
                    bookstore.llm.resilience.max-attempts             | 0        | bookstore.llm.resilience.max-attempts must be 1 to 10, was 0
                    bookstore.llm.resilience.breaker-failure-percent  | 101      | bookstore.llm.resilience.breaker-failure-percent must be 1 to 100, was 101
                    bookstore.variants.b.weight                       | -1       | bookstore.variants.b.weight must be >= 0, was -1
                    bookstore.variants.b.provider                     | acme     | bookstore.variants.b.provider must be one of {providers}, was acme
                    bookstore.variants.b.prompt                       | haiku    | bookstore.variants: there is no prompt named haiku
                    bookstore.cache.ttl                               | 0s       | bookstore.cache.ttl must be > 0, was PT0S
                    bookstore.api.require-if-match                    | perhaps  | bookstore.api.require-if-match must be true or false, was perhaps
                    bookstore.api.strict-isbn                         | perhaps  | bookstore.api.strict-isbn must be true or false, was perhaps
                    bookstore.idempotency.ttl                         | 10s      | bookstore.idempotency.ttl must be >= 30s, was PT10S
                    bookstore.connection.head-timeout                 | 0s       | bookstore.connection.head-timeout must be >= 1ms, was PT0S
                    bookstore.security.api-keys.shop.sha256           | abc      | bookstore.security.api-keys.shop.sha256 must be the 64 hexadecimal digits of a SHA-256
                    bookstore.security.api-keys.shop.role             | reader   | bookstore.security.api-keys.shop.sha256 or bookstore.security.api-keys.shop.file must be set, and not both
                    bookstore.security.api-keys.shop.role             | king     | bookstore.security.api-keys.shop.role must be one of [reader, librarian, manager], was king
                    bookstore.security.api-keys.shop.file             | /no/key  | bookstore.security.api-keys.shop.file cannot be read: /no/key
                    bookstore.security.jwt.jwks-url                   | ftp://x  | bookstore.security.jwt.jwks-url must be an http or https address, was ftp://x
                    bookstore.security.jwt.secret-file                | /no/key  | bookstore.security.jwt.secret-file cannot be read: /no/key
                    bookstore.client-limit.requests-per-minute        | -1       | bookstore.client-limit.requests-per-minute must be >= 0, was -1
                    bookstore.client-limit.max-clients                | 0        | bookstore.client-limit.max-clients must be >= 1, was 0
                    bookstore.management.port                         | 0        | bookstore.management.port must be a whole number from 1 to 65535, was 0
                    bookstore.management.port                         | 70000    | bookstore.management.port must be a whole number from 1 to 65535, was 70000
                    bookstore.cache.redis-uri                         | nonsense | REDIS_URI (bookstore.cache.redis-uri) is not a Redis address
                    bookstore.llm.deadlin                             | 5s       | bookstore.llm.deadlin is no setting of this service
                    mongodb.uri                                       | nonsense | MONGODB_URI (mongodb.uri) is not a MongoDB connection string
                    micronaut.server.port                             | many     | MICRONAUT_SERVER_PORT (micronaut.server.port) must be a whole number from 0 to 65535, was many
                    """)
    void badSettingStopsTheStartWithItsKeyAndTheRule(String key, String value, String sentence) {
        assertThatThrownBy(() -> RunningStore.start(Map.of(key, value)).close())
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(sentence.replace(
                                "{providers}", ConfiguredProvider.names().toString())
                        .replace("{kinds}", kinds()));
    }

    private static String kinds() {
        return Stream.of(ProviderKind.values())
                .map(ConfiguredProvider::textOf)
                .toList()
                .toString();
    }

    @Test
    void databaseInUseByAnotherServiceStopsTheStart(@TempDir Path directory) {
        Map<String, Object> settings = Map.of("bookstore.data-dir", directory.toString());

        try (RunningStore first = RunningStore.start(settings)) {
            assertThatThrownBy(() -> RunningStore.start(settings).close())
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("BOOKSTORE_DATA_DIR");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"io", "blocking", "scheduled"})
    void closedServiceLeavesNoThreadsThatWaitForWork(String name) {
        RunningStore store = RunningStore.start();
        ExecutorService executor = store.store().context().getBean(ExecutorService.class, Qualifiers.byName(name));

        store.close();

        assertThat(executor.isShutdown()).isTrue();
    }
}
