package io.bookstore.llm.internal.sdk;

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

    /** The endpoint of a client, by its method {@code withOptions}: in some SDKs the only one that shows its options. */
    static <B> Endpoint readBy(GenAiTelemetry telemetry, Sdk sdk, Consumer<Consumer<B>> withOptions) {
        AtomicReference<Endpoint> seen = new AtomicReference<>(UNKNOWN);
        try {
            withOptions.accept(options -> seen.set(of(telemetry, sdk, options)));
        } catch (Throwable defect) {
            telemetry.defect("read_endpoint", defect);
        }
        return Objects.requireNonNullElse(seen.get(), UNKNOWN);
    }

    static Endpoint of(GenAiTelemetry telemetry, Sdk sdk, Object options) {
        try {
            String url = sdk.baseUrl(options);
            return url == null ? UNKNOWN : new Endpoint(URI.create(url));
        } catch (Throwable defect) {
            telemetry.defect("read_endpoint", defect);
            return UNKNOWN;
        }
    }
}
