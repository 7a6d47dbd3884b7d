package io.bookstore.api.llm.provider;

import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A provider as {@code application.yml} configures it. A test that holds for every provider goes through these, so that a new
 * one is in it.
 *
 * @param settings the text of its settings in the file, by their names: {@code ${OLLAMA_BASE_URL:}} is that of {@code base-url}
 */
public record ConfiguredProvider(String name, ProviderKind kind, Map<String, String> settings) {

    private static final Pattern KEY = Pattern.compile("bookstore\\.llm\\.providers\\.([a-z0-9-]+)\\.([a-z-]+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+):`?(.*?)`?}");

    /** The providers of the file, by their names. */
    public static List<ConfiguredProvider> all() {
        Map<String, Map<String, String>> settings = new TreeMap<>();
        file().forEach((key, value) -> {
            Matcher matcher = KEY.matcher(key);
            if (matcher.matches()) {
                settings.computeIfAbsent(matcher.group(1), name -> new TreeMap<>())
                        .put(matcher.group(2), String.valueOf(value));
            }
        });
        return settings.entrySet().stream()
                .map(provider -> new ConfiguredProvider(
                        provider.getKey(),
                        kind(Objects.requireNonNull(provider.getValue().get("kind"), provider.getKey())),
                        provider.getValue()))
                .toList();
    }

    /** Returns the first provider of that kind. */
    public static ConfiguredProvider of(ProviderKind kind) {
        return all().stream()
                .filter(provider -> provider.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError("application.yml has no provider of the kind " + kind));
    }

    public static List<String> names() {
        return all().stream().map(ConfiguredProvider::name).toList();
    }

    /** The variables of the environment that the file reads for all providers. */
    public static List<String> variables() {
        return all().stream()
                .flatMap(provider -> provider.settings().values().stream())
                .map(PLACEHOLDER::matcher)
                .filter(Matcher::matches)
                .map(placeholder -> placeholder.group(1))
                .toList();
    }

    private static Map<String, Object> file() {
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.yml"))) {
            return new YamlPropertySourceLoader().read("application", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProviderKind kind(String text) {
        return Stream.of(ProviderKind.values())
                .filter(kind -> textOf(kind).equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("application.yml has the unknown kind " + text));
    }

    /** The kind as a setting names it. */
    public static String textOf(ProviderKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The model that is asked for unless a variable names another. */
    public String model() {
        return placeholder("model").group(2);
    }

    /** The variable that turns it on: that of its key or, if its kind needs none, that of its address. */
    public String switchedOnBy() {
        return placeholder(kind.needsKey() ? "api-key" : "base-url").group(1);
    }

    /** The settings that turn it on and have a server asked in its place. */
    public Map<String, String> askedAt(URI server) {
        return Map.of(key("base-url"), addressAt(server), key("api-key"), "test-key");
    }

    /** The address of a server that answers in its place, such as the simulator. */
    public String addressAt(URI server) {
        return server + kind.simulatorPath();
    }

    /** The whole key of a setting. */
    public String key(String setting) {
        return "bookstore.llm.providers." + name + "." + setting;
    }

    private Matcher placeholder(String setting) {
        String text = String.valueOf(settings.get(setting));
        Matcher placeholder = PLACEHOLDER.matcher(text);
        if (!placeholder.matches()) {
            throw new AssertionError(key(setting) + " must be ${VARIABLE:default} in application.yml, was " + text);
        }
        return placeholder;
    }
}
