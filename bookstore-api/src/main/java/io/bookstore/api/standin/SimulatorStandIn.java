package io.bookstore.api.standin;

import io.bookstore.api.llm.provider.ProviderKind;
import io.bookstore.api.startup.SafeAddress;
import io.bookstore.api.startup.StartupException;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.SimulatorStartException;
import io.micronaut.core.value.PropertyResolver;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The LLM simulator in the place of a provider, so that the service answers on a machine that has no key. */
public final class SimulatorStandIn {

    private static final String PROVIDERS = "bookstore.llm.providers";

    private SimulatorStandIn() {}

    /**
     * Starts the simulator unless a provider is configured or a simulator runs elsewhere.
     *
     * @param started takes what has to be closed
     * @return the address of the simulator; null if a real provider is configured
     * @throws StartupException if it cannot be started
     */
    public static @Nullable URI provide(PropertyResolver settings, Consumer<AutoCloseable> started) {
        String elsewhere = settings.getProperty("bookstore.simulator.url", String.class, "");
        if (!elsewhere.isBlank()) {
            return address(elsewhere);
        }
        if (anyProviderIsConfigured(settings)) {
            return null;
        }
        SimulatorServer server = start(settings);
        started.accept(server);
        return server.baseUrl();
    }

    private static URI address(String url) {
        if (!url.matches("https?://[^\\s/]+(/.*)?")) {
            throw new StartupException(
                    "SIMULATOR_URL (bookstore.simulator.url) must be an http or https address, was "
                            + SafeAddress.of(url),
                    null);
        }
        return URI.create(url);
    }

    /** Returns whether a provider has a key or a file with one or, if its kind needs no key, an address. */
    private static boolean anyProviderIsConfigured(PropertyResolver settings) {
        return settings.getPropertyEntries(PROVIDERS).stream().anyMatch(name -> {
            String provider = PROVIDERS + "." + name;
            boolean needsKey = settings.getProperty(provider + ".kind", ProviderKind.class)
                    .map(ProviderKind::needsKey)
                    .orElse(true);
            return needsKey
                    ? isSet(settings, provider + ".api-key") || isSet(settings, provider + ".api-key-file")
                    : isSet(settings, provider + ".base-url");
        });
    }

    private static boolean isSet(PropertyResolver settings, String key) {
        return !settings.getProperty(key, String.class, "").isBlank();
    }

    private static SimulatorServer start(PropertyResolver settings) {
        int port = settings.getProperty("bookstore.simulator.port", Integer.class, 7005);
        try {
            return SimulatorServer.start(SimulatorConfig.defaults()
                    .withPort(port)
                    .withProfile(settings.getProperty("bookstore.simulator.profile", String.class, "sonnet-class"))
                    .withSeed(settings.getProperty("bookstore.simulator.seed", Long.class, 1L)));
        } catch (SimulatorStartException e) {
            throw new StartupException(
                    "The LLM simulator cannot listen on port " + port
                            + "; stop what listens there, or set SIMULATOR_PORT to another one (0 for any)",
                    e);
        } catch (IllegalArgumentException e) {
            throw new StartupException("Bad setting: bookstore.simulator: " + e.getMessage(), e);
        }
    }
}
