package io.bookstore.api.llm;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.budget.CallCosts;
import io.bookstore.api.llm.provider.ConfiguredProvider;
import io.bookstore.api.llm.provider.ProviderConfig;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A budget guards only what has a price, so whoever pays must hear at start of what has none. */
class ModelPriceTest {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
    }

    @Test
    void everyDefaultModelOfAVendorThatBillsHasAPrice() {
        try (RunningStore store = RunningStore.start(allVendors())) {
            LlmProviders providers = store.store().context().getBean(LlmProviders.class);
            CallCosts costs = store.store().context().getBean(CallCosts.class);

            assertThat(vendors())
                    .extracting(ConfiguredProvider::name)
                    .contains("anthropic", "openai", "gemini", "bedrock");
            assertThat(vendors()).allSatisfy(vendor -> {
                ProviderConfig config = providers.named(vendor.name()).config();
                assertThat(config.unavailability()).isNull();
                assertThat(costs.knowsPrice(config, config.model()))
                        .as(config.model())
                        .isTrue();
            });
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void modelThatTheBudgetCannotGuardIsNamedAtStart() {
        Map<String, Object> settings = allVendors();
        settings.put("bookstore.llm.providers.bedrock.model", "acme.newest-v1:0");
        settings.put("bookstore.llm.providers.openai.models", "gpt-4o, gpt-99");
        settings.put("bookstore.llm.providers.ollama.base-url", "http://127.0.0.1:9");
        settings.put("bookstore.variants.b.model", "claude-99");

        RunningStore.start(settings).close();

        assertThat(warnings())
                .containsExactlyInAnyOrder(
                        sentence("acme.newest-v1:0", "bedrock"),
                        sentence("gpt-99", "openai"),
                        sentence("claude-99", "anthropic"));
    }

    @Test
    void simulatedModelNeedsNoPrice() {
        RunningStore.start(Map.of("bookstore.llm.providers.anthropic.model", "claude-99"))
                .close();

        assertThat(warnings()).isEmpty();
    }

    private static String sentence(String model, String provider) {
        return "The model " + model + " of the provider " + provider
                + " has no price, so the budget of the day does not guard it;"
                + " bring one with LLM_PRICES or LLM_PRICES_FILE";
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains("price"))
                .toList();
    }

    private static Map<String, Object> allVendors() {
        Map<String, Object> settings = new HashMap<>();
        // Nothing listens there.
        vendors().forEach(vendor -> settings.putAll(vendor.askedAt(URI.create("http://127.0.0.1:9"))));
        return settings;
    }

    private static List<ConfiguredProvider> vendors() {
        return ConfiguredProvider.all().stream()
                .filter(provider -> provider.kind().bills())
                .toList();
    }
}
