package io.bookstore.api.llm.provider;

import io.bookstore.api.startup.SafeAddress;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A provider, from {@code bookstore.llm.providers.<name>}.
 *
 * @param name name that clients use for it
 * @param kind wire format
 * @param baseUrl http or https address, up to and including the version; the vendor's if there is one
 * @param apiKey key; a provider that needs one and has none is off and says so
 * @param apiKeyFile file with the key, for secrets that are mounted; read at start if there is no key
 * @param model model to ask for unless a request or a variant names another
 * @param models further models that a request may name, separated by commas
 * @param requestsPerMinute most calls sent in a minute, evenly spread; a call that would wait longer than {@code
 *     bulkhead-wait} gets 503; 0 for no limit
 * @param maxConcurrentCalls most calls in progress at a time; at least 1
 */
@EachProperty("bookstore.llm.providers")
public record ProviderConfig(
        @Parameter String name,
        ProviderKind kind,
        @Bindable(defaultValue = "") String baseUrl,
        @Bindable(defaultValue = "") String apiKey,
        @Bindable(defaultValue = "") String apiKeyFile,
        @Bindable(defaultValue = "") String model,
        @Bindable(defaultValue = "") String models,
        @Bindable(defaultValue = "0") int requestsPerMinute,
        @Bindable(defaultValue = "1000") int maxConcurrentCalls) {

    public ProviderConfig {
        String prefix = "bookstore.llm.providers." + name + ".";
        if (!baseUrl.isEmpty() && !isHttp(baseUrl)) {
            throw new IllegalArgumentException(
                    prefix + "base-url must be an http or https address, was " + SafeAddress.of(baseUrl));
        }
        if (apiKey.isBlank() && !apiKeyFile.isBlank()) {
            apiKey = read(prefix, apiKeyFile);
        }
        if (requestsPerMinute < 0) {
            throw new IllegalArgumentException(prefix + "requests-per-minute must be >= 0, was " + requestsPerMinute);
        }
        if (maxConcurrentCalls < 1) {
            throw new IllegalArgumentException(prefix + "max-concurrent-calls must be >= 1, was " + maxConcurrentCalls);
        }
    }

    /** The reason that it cannot be used; null if it can. */
    @Nullable
    public String unavailability() {
        if (kind.needsKey() && apiKey.isBlank()) {
            return "no API key: set bookstore.llm.providers." + name + ".api-key";
        }
        if (baseUrl.isBlank()) {
            return "no address: set bookstore.llm.providers." + name + ".base-url";
        }
        return model.isBlank() ? "no model: set bookstore.llm.providers." + name + ".model" : null;
    }

    /** The value of {@code gen_ai.provider.name}: the vendor, or our own name for a server that merely speaks like it. */
    public String semanticName() {
        return kind == ProviderKind.OPENAI_COMPATIBLE ? name : kind.semanticName();
    }

    /** The same provider, answered by the simulator. */
    public ProviderConfig simulatedBy(URI simulator) {
        String address = simulator.toString();
        String root = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        return new ProviderConfig(
                name,
                kind,
                root + kind.simulatorPath(),
                "simulated",
                "",
                model.isBlank() ? "simulated" : model,
                models,
                requestsPerMinute,
                maxConcurrentCalls);
    }

    /** The models a request may name. */
    public List<String> offered() {
        return Stream.concat(Stream.of(model), Stream.of(models.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    public boolean offers(String requested) {
        return offered().contains(requested);
    }

    /** Describes the provider without its key. */
    @Override
    public String toString() {
        return "ProviderConfig[" + name + ", " + kind + ", " + baseUrl + ", " + model + "]";
    }

    private static String read(String prefix, String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(prefix + "api-key-file cannot be read: " + file, e);
        }
    }

    private static boolean isHttp(String address) {
        try {
            String scheme = URI.create(address).getScheme();
            return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
