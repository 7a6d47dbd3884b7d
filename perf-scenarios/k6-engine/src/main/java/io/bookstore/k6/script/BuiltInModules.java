package io.bookstore.k6.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The modules that come with the engine, and what is said about those that do not. */
final class BuiltInModules {
    /** The modules of k6 and the extension for event streams, in the order in which a new context loads them. */
    static final List<String> PUBLIC = List.of(
            "k6",
            "k6/http",
            "k6/metrics",
            "k6/execution",
            "k6/data",
            "k6/encoding",
            "k6/crypto",
            "k6/timers",
            "k6/x/sse");

    /** Modules that only those above may import. */
    private static final List<String> INTERNAL = List.of(
            "k6/internal/host",
            "k6/internal/globals",
            "k6/internal/inspect",
            "k6/internal/json-path",
            "k6/internal/requests",
            "k6/internal/subtle");

    private static final Map<String, byte[]> SOURCES = new ConcurrentHashMap<>();

    private BuiltInModules() {}

    static boolean isKnown(String specifier) {
        return PUBLIC.contains(specifier) || INTERNAL.contains(specifier);
    }

    static byte[] source(String specifier) {
        return SOURCES.computeIfAbsent(specifier, BuiltInModules::read);
    }

    /** The reason why a specifier that is no file cannot be imported, with the remedy; empty for our own modules. */
    static Optional<String> refusal(String specifier) {
        if (PUBLIC.contains(specifier)) {
            return Optional.empty();
        }
        return Optional.of(reason(specifier));
    }

    private static String reason(String specifier) {
        if (specifier.startsWith("https://") || specifier.startsWith("http://")) {
            return "remote modules are not loaded by the embedded engine; save a copy beside the script and import that";
        }
        if (specifier.startsWith("k6/x/")) {
            return "of k6's extensions the embedded engine has k6/x/sse alone; run this script with a k6 binary that has it";
        }
        if (specifier.equals("k6") || specifier.startsWith("k6/")) {
            return "the embedded engine does not have this module (it has " + String.join(", ", PUBLIC)
                    + "); run this script with k6 itself";
        }
        return "only k6's modules, relative paths with extension and absolute paths can be imported";
    }

    private static byte[] read(String specifier) {
        String resource = "/io/bookstore/k6/modules/" + specifier + ".js";
        try (InputStream in = BuiltInModules.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
