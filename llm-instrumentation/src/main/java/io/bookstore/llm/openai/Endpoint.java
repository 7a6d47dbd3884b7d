package io.bookstore.llm.openai;

import com.openai.core.ClientOptions;
import io.bookstore.llm.GenAiTelemetry;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The address that a client calls.
 *
 * @param uri null if the client does not tell it
 */
record Endpoint(@Nullable URI uri) {

    static final Endpoint UNKNOWN = new Endpoint(null);

    /** The endpoint of a client, by its method {@code withOptions}: the only one that shows its options. */
    static Endpoint readBy(GenAiTelemetry telemetry, Consumer<Consumer<ClientOptions.Builder>> withOptions) {
        AtomicReference<Endpoint> seen = new AtomicReference<>(UNKNOWN);
        try {
            withOptions.accept(options -> seen.set(of(telemetry, options)));
        } catch (Throwable defect) {
            telemetry.defect("read_endpoint", defect);
        }
        return Objects.requireNonNullElse(seen.get(), UNKNOWN);
    }

    static Endpoint of(GenAiTelemetry telemetry, ClientOptions.Builder options) {
        try {
            return new Endpoint(URI.create(options.build().baseUrl()));
        } catch (Throwable defect) {
            telemetry.defect("read_endpoint", defect);
            return UNKNOWN;
        }
    }

    /** The conventions' name of the provider: {@code azure.ai.openai} for a host of Azure, {@code openai} for any other. */
    String provider() {
        String host = uri == null ? null : uri.getHost();
        return host != null && (host.endsWith(".azure.com") || host.endsWith(".azure-api.net"))
                ? "azure.ai.openai"
                : "openai";
    }
}
