package io.bookstore.api.startup;

import io.micronaut.context.env.Environment;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings below {@code bookstore.}, each with the type that its value must have.
 *
 * <p>The framework ignores a key it does not know and takes the default for a value it cannot read; here both end the
 * start, because a misspelt limit is no limit.
 */
public final class Settings {

    /** The place in a key of a name that the user chooses: that of a provider, a variant or a client. */
    private static final String NAME = "*";

    private static final List<Known> ALL = Setting.readAll().stream()
            .filter(setting -> setting.key().startsWith("bookstore."))
            .map(Known::of)
            .toList();

    private Settings() {}

    /**
     * Checks every key and value.
     *
     * @throws StartupException naming the first key that is unknown or has a value of the wrong type
     */
    public static void check(Environment environment) {
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
     * Returns the settings of environment variables whose key has a name in it, under that key.
     *
     * <p>The framework finds the value of {@code BOOKSTORE_SECURITY_API_KEYS_SHOP_SHA256} when it is asked for by its key,
     * but does not see that there is a {@code shop}.
     */
    public static Map<String, Object> named(Environment environment) {
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

    /** Returns the key; null for a variable without a name in its key. */
    private static @Nullable String keyOf(String variable) {
        for (Known known : ALL) {
            Matcher matcher = known.variable().matcher(variable);
            if (matcher.matches() && matcher.groupCount() == 1) {
                String name = matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
                return known.setting().key().replace(NAME, name);
            }
        }
        return null;
    }

    /** Returns the type of a value; null for a key that is not ours. */
    private static @Nullable Class<?> typeOf(String key, boolean environmentVariable) {
        if (!(environmentVariable ? key.startsWith("BOOKSTORE_") : key.startsWith("bookstore."))) {
            return null;
        }
        for (Known known : ALL) {
            Pattern pattern = environmentVariable ? known.variable() : known.key();
            if (pattern.matcher(key).matches()) {
                return known.setting().type();
            }
        }
        throw new StartupException(key + " is no setting of this service; docs/settings.md lists them all", null);
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

    /**
     * A setting with the patterns of its key and of its environment variable; compiled once, because a start compares each
     * variable of its environment with all of them.
     */
    private record Known(Setting setting, Pattern key, Pattern variable) {

        static Known of(Setting setting) {
            String key = setting.key();
            String variable = key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
            return new Known(setting, pattern(key, "([a-z0-9-]+)"), pattern(variable, "([A-Z0-9_]+)"));
        }

        private static Pattern pattern(String text, String name) {
            return Pattern.compile(Stream.of(text.split(Pattern.quote(NAME), -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(name)));
        }
    }
}
