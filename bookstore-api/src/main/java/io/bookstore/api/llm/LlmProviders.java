package io.bookstore.api.llm;

import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.http.problem.ProblemType;
import io.bookstore.api.llm.budget.CallCosts;
import io.bookstore.api.llm.call.LlmConfig;
import io.bookstore.api.llm.provider.ChatClient;
import io.bookstore.api.llm.provider.ChatClients;
import io.bookstore.api.llm.provider.ProviderConfig;
import io.bookstore.api.llm.resilience.ProviderGuard;
import io.bookstore.api.llm.resilience.ResilienceConfig;
import io.bookstore.api.standin.StandIns;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The providers of this service: those that can be used, and those that cannot, with the reason. */
@Singleton
public final class LlmProviders {

    private static final Logger logger = LoggerFactory.getLogger(LlmProviders.class);

    private final Map<String, Provider> byName = new TreeMap<>();
    private final CallCosts costs;
    private final String defaultName;
    private final List<String> fallbackNames;

    LlmProviders(
            List<ProviderConfig> configs,
            LlmConfig config,
            ResilienceConfig resilience,
            StandIns standIns,
            ChatClients clients,
            CallCosts costs,
            MeterRegistry registry) {
        this.costs = costs;
        for (ProviderConfig configured : configs) {
            URI simulator = standIns.simulatorUri();
            ProviderConfig used = simulator == null ? configured : configured.simulatedBy(simulator);
            byName.put(configured.name(), provider(used, resilience, clients, simulator != null));
        }
        byName.forEach((name, provider) -> Gauge.builder("llm.breaker.open", provider.guard, ProviderGuard::openness)
                .description("1 while the circuit of the provider is open because it has been failing")
                .tag("provider", name)
                .register(registry));
        this.defaultName = known("bookstore.llm.provider", config.provider());
        this.fallbackNames = config.fallbackNames().stream()
                .map(name -> known("bookstore.llm.fallbacks", name))
                .toList();
        byName.forEach((name, provider) -> provider.config.offered().forEach(model -> warnIfUnguarded(name, model)));
    }

    /**
     * Returns the provider's name as configured; settings may write it in any case.
     *
     * @param key the setting that names it
     * @throws IllegalArgumentException if there is none of that name
     */
    public String known(String key, String name) {
        String known = configuredName(name);
        requireKnown(key, known);
        return known;
    }

    /** Says, at start, that the budget of the day cannot guard calls of that model. */
    public void warnIfUnguarded(String name, String model) {
        Provider provider = named(name);
        boolean bills = provider.config.kind().bills() && !provider.simulated && provider.client != null;
        if (bills && !costs.knowsPrice(provider.config, model)) {
            logger.warn(
                    "The model {} of the provider {} has no price, so the budget of the day does not guard it;"
                            + " bring one with LLM_PRICES or LLM_PRICES_FILE",
                    model,
                    name);
        }
    }

    /** Reads a name in any case; {@code claude} is another name of {@code anthropic} where no provider has it. */
    private String configuredName(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return lowerCase.equals("claude") && !byName.containsKey(lowerCase) ? "anthropic" : lowerCase;
    }

    private void requireKnown(String key, String name) {
        if (!byName.containsKey(name)) {
            throw new IllegalArgumentException(key + " must be one of " + byName.keySet() + ", was " + name);
        }
    }

    private static Provider provider(
            ProviderConfig config, ResilienceConfig resilience, ChatClients clients, boolean simulated) {
        ChatClient client = config.unavailability() == null ? clients.of(config) : null;
        return new Provider(config, client, new ProviderGuard(config, resilience), simulated);
    }

    /** The name of the provider to ask unless a request says otherwise. */
    public String defaultName() {
        return defaultName;
    }

    /** The names of those to ask when the first one fails, in order. */
    List<String> fallbackNames() {
        return fallbackNames;
    }

    /** Returns whether the provider has all it needs to be asked. */
    boolean configured(String provider) {
        return named(provider).config.unavailability() == null;
    }

    /** The model the provider is asked for unless a variant says otherwise. */
    public String defaultModel(String provider) {
        return named(provider).config.model();
    }

    /** The origin of its answers: its address, or {@code simulated}, for one simulator answers like the other. */
    public String origin(String provider) {
        Provider named = named(provider);
        return named.simulated ? "simulated" : named.config.baseUrl();
    }

    /** The status of each provider, by name. */
    public List<ProviderStatus> statuses() {
        List<ProviderStatus> statuses = new ArrayList<>();
        byName.forEach((name, provider) -> statuses.add(provider.status(name, name.equals(defaultName))));
        statuses.sort(Comparator.comparing(ProviderStatus::name));
        return List.copyOf(statuses);
    }

    /**
     * Returns the provider's name as configured; clients may write it in any case.
     *
     * @throws ProblemException 400 if there is none of that name, 503 if it is not configured
     */
    public String usable(@Nullable String requested) {
        String name = requested == null ? firstConfigured() : configuredName(requested);
        String reason = named(name).config.unavailability();
        if (reason != null) {
            throw new ProblemException(
                    ProblemType.PROVIDER_UNAVAILABLE, "The provider " + name + " is not configured: " + reason);
        }
        return name;
    }

    private String firstConfigured() {
        return Stream.concat(Stream.of(defaultName), fallbackNames.stream())
                .filter(this::configured)
                .findFirst()
                .orElse(defaultName);
    }

    /**
     * Returns the model to ask for.
     *
     * @param requested null for the provider's own
     * @throws ProblemException if clients may not ask the provider for it
     */
    public String model(String provider, @Nullable String requested) {
        ProviderConfig config = named(provider).config;
        if (requested == null || config.offers(requested)) {
            return requested == null ? config.model() : requested;
        }
        throw ProblemException.invalidParameter("model", "must be one of " + config.offered());
    }

    Provider named(String name) {
        Provider provider = byName.get(name);
        if (provider == null) {
            throw new ProblemException(
                    ProblemType.UNKNOWN_PROVIDER,
                    "There is no provider named " + name + "; known are " + String.join(", ", byName.keySet()));
        }
        return provider;
    }

    /** @param client null if the provider cannot be used */
    record Provider(ProviderConfig config, @Nullable ChatClient client, ProviderGuard guard, boolean simulated) {

        ChatClient usableClient() {
            if (client == null) {
                throw new IllegalStateException(config.name() + " was asked although it is not usable");
            }
            return client;
        }

        private ProviderStatus status(String name, boolean isDefault) {
            String reason = config.unavailability();
            if (reason == null && guard.open()) {
                reason = "it has been failing, and its circuit is open";
            }
            return new ProviderStatus(name, reason == null, reason, config.model(), simulated, isDefault);
        }
    }
}
