package io.bookstore.api;

import io.bookstore.api.llm.provider.ProviderKind;
import io.bookstore.api.security.Role;
import io.bookstore.api.startup.StartupException;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every key below {@code bookstore.} and what its value must be.
 *
 * <p>The framework ignores a key it does not know and takes the default for a value it cannot read; here both end the
 * start, because a misspelt limit is no limit.
 */
final class Settings {

    /** A name a user chooses, in a key: that of a provider or a variant. */
    private static final String NAME = "*";

    private static final Map<String, Class<?>> KEYS = keys();

    private Settings() {}

    /** Every key, {@code *} in place of a name that the user chooses. */
    static Set<String> known() {
        return Collections.unmodifiableSet(KEYS.keySet());
    }

    /** @throws StartupException naming the first key that is unknown or has a value of the wrong kind */
    static void check(Environment environment) {
        for (PropertySource source : environment.getPropertySources()) {
            for (String key : source) {
                Class<?> type = typeOf(key, source instanceof EnvironmentPropertySource);
                if (type != null) {
                    checkValue(environment, key, source.get(key), type);
                }
            }
        }
    }

    /**
     * The settings of environment variables whose key has a name in it, under that key.
     *
     * <p>The framework finds the value of {@code BOOKSTORE_SECURITY_API_KEYS_SHOP_SHA256} when it is asked for by its key,
     * but does not see that there is a {@code shop}.
     */
    static Map<String, Object> named(Environment environment) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (PropertySource source : environment.getPropertySources()) {
            if (source instanceof EnvironmentPropertySource) {
                for (String variable : source) {
                    String key = keyOf(variable);
                    if (key != null) {
                        settings.put(key, source.get(variable));
                    }
                }
            }
        }
        return settings;
    }

    /** Null for a variable without a name in its key. */
    private static @Nullable String keyOf(String variable) {
        for (String known : KEYS.keySet()) {
            Matcher matcher = pattern(known, true).matcher(variable);
            if (matcher.matches() && matcher.groupCount() == 1) {
                String name = matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
                return known.replace(NAME, name);
            }
        }
        return null;
    }

    /** Null for a key that is not ours. */
    private static @Nullable Class<?> typeOf(String key, boolean environmentVariable) {
        if (!(environmentVariable ? key.startsWith("BOOKSTORE_") : key.startsWith("bookstore."))) {
            return null;
        }
        return KEYS.entrySet().stream()
                .filter(known -> pattern(known.getKey(), environmentVariable)
                        .matcher(key)
                        .matches())
                .findFirst()
                .map(Map.Entry::getValue)
                .orElseThrow(() ->
                        new StartupException(key + " is no setting of this service; the README lists them all", null));
    }

    private static Pattern pattern(String known, boolean environmentVariable) {
        String[] parts = known.split(Pattern.quote(NAME), -1);
        String name = environmentVariable ? "([A-Z0-9_]+)" : "([a-z0-9-]+)";
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            String part =
                    environmentVariable ? parts[i].toUpperCase(Locale.ROOT).replaceAll("[.-]", "_") : parts[i];
            pattern.append(i == 0 ? "" : name).append(Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString());
    }

    private static void checkValue(Environment environment, String key, Object value, Class<?> type) {
        Object resolved = value instanceof String text
                ? environment.getPlaceholderResolver().resolvePlaceholders(text).orElse(text)
                : value;
        boolean halfTruth = type == Boolean.class && !String.valueOf(resolved).matches("true|false");
        if (halfTruth || environment.convert(resolved, type).isEmpty()) {
            throw new StartupException(key + " must be " + kind(type) + ", was " + resolved, null);
        }
    }

    private static String kind(Class<?> type) {
        if (type == Duration.class) {
            return "a duration such as 30s or 500ms";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.toString(type.getEnumConstants())
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-');
        }
        return type == Double.class || type == BigDecimal.class ? "a number" : "a whole number";
    }

    private static Map<String, Class<?>> keys() {
        Map<String, Class<?>> keys = new LinkedHashMap<>();
        keys.put("bookstore.data-dir", String.class);
        keys.put("bookstore.parent-pid", Long.class);
        keys.put("bookstore.mongo.database", String.class);
        keys.put("bookstore.simulator.url", String.class);
        keys.put("bookstore.simulator.port", Integer.class);
        keys.put("bookstore.simulator.profile", String.class);
        keys.put("bookstore.simulator.seed", Long.class);
        keys.put("bookstore.llm.provider", String.class);
        keys.put("bookstore.llm.fallbacks", String.class);
        keys.put("bookstore.llm.deadline", Duration.class);
        keys.put("bookstore.llm.stream", Boolean.class);
        keys.put("bookstore.llm.max-output-tokens", Integer.class);
        keys.put("bookstore.llm.temperature", Double.class);
        keys.put("bookstore.llm.daily-budget-usd", BigDecimal.class);
        keys.put("bookstore.llm.content.capture", Boolean.class);
        keys.put("bookstore.llm.content.redact", String.class);
        keys.put("bookstore.llm.resilience.max-attempts", Integer.class);
        keys.put("bookstore.llm.resilience.retry-delay", Duration.class);
        keys.put("bookstore.llm.resilience.max-retry-delay", Duration.class);
        keys.put("bookstore.llm.resilience.retry-budget-percent", Integer.class);
        keys.put("bookstore.llm.resilience.breaker-window", Integer.class);
        keys.put("bookstore.llm.resilience.breaker-failure-percent", Integer.class);
        keys.put("bookstore.llm.resilience.breaker-wait", Duration.class);
        keys.put("bookstore.llm.resilience.bulkhead-wait", Duration.class);
        keys.put("bookstore.llm.resilience.bulkhead-queue", Integer.class);
        keys.put("bookstore.llm.providers.*.kind", ProviderKind.class);
        keys.put("bookstore.llm.providers.*.base-url", String.class);
        keys.put("bookstore.llm.providers.*.api-key", String.class);
        keys.put("bookstore.llm.providers.*.api-key-file", String.class);
        keys.put("bookstore.llm.providers.*.models", String.class);
        keys.put("bookstore.llm.providers.*.model", String.class);
        keys.put("bookstore.llm.providers.*.requests-per-minute", Integer.class);
        keys.put("bookstore.llm.providers.*.max-concurrent-calls", Integer.class);
        keys.put("bookstore.variants.*.weight", Integer.class);
        keys.put("bookstore.variants.*.provider", String.class);
        keys.put("bookstore.variants.*.model", String.class);
        keys.put("bookstore.variants.*.prompt", String.class);
        keys.put("bookstore.variants.*.temperature", Double.class);
        keys.put("bookstore.variants.*.max-output-tokens", Integer.class);
        keys.put("bookstore.api.require-if-match", Boolean.class);
        keys.put("bookstore.api.strict-isbn", Boolean.class);
        keys.put("bookstore.idempotency.ttl", Duration.class);
        keys.put("bookstore.connection.head-timeout", Duration.class);
        keys.put("bookstore.connection.body-timeout", Duration.class);
        keys.put("bookstore.security.api-keys.*.sha256", String.class);
        keys.put("bookstore.security.api-keys.*.file", String.class);
        keys.put("bookstore.security.api-keys.*.role", Role.class);
        keys.put("bookstore.security.jwt.jwks-url", String.class);
        keys.put("bookstore.security.jwt.secret-file", String.class);
        keys.put("bookstore.security.jwt.issuer", String.class);
        keys.put("bookstore.security.jwt.audience", String.class);
        keys.put("bookstore.security.jwt.roles-claim", String.class);
        keys.put("bookstore.client-limit.requests-per-minute", Integer.class);
        keys.put("bookstore.client-limit.burst", Integer.class);
        keys.put("bookstore.client-limit.max-clients", Integer.class);
        keys.put("bookstore.management.port", Integer.class);
        keys.put("bookstore.quality.min-chars", Integer.class);
        keys.put("bookstore.quality.max-chars", Integer.class);
        keys.put("bookstore.quality.language", String.class);
        keys.put("bookstore.quality.forbidden-file", String.class);
        keys.put("bookstore.error-test.enabled", Boolean.class);
        keys.put("bookstore.cache.enabled", Boolean.class);
        keys.put("bookstore.cache.ttl", Duration.class);
        keys.put("bookstore.cache.failure-ttl", Duration.class);
        keys.put("bookstore.cache.max-entries", Long.class);
        keys.put("bookstore.cache.redis-uri", String.class);
        keys.put("bookstore.cache.redis-timeout", Duration.class);
        return keys;
    }
}
