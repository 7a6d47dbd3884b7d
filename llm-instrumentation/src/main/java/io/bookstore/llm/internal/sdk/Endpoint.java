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
 * @param uri      null if the client does not tell it
 * @param provider the conventions' name of the provider
 */
public record Endpoint(@Nullable URI uri, String provider) {

    /** The endpoint of a client, by its method {@code withOptions}: in some SDKs the only one that shows its options. */
    static <B> Endpoint readBy(GenAiTelemetry telemetry, Sdk sdk, Consumer<Consumer<B>> withOptions) {
        AtomicReference<Endpoint> seen = new AtomicReference<>(sdk.unknownEndpoint());
        try {
            withOptions.accept(options -> seen.set(of(telemetry, sdk, options)));
        } catch (Throwable defect) {
            telemetry.defect("read_endpoint", defect);
        }
        return Objects.requireNonNull(seen.get(), "endpoint");
    }

    static Endpoint of(GenAiTelemetry telemetry, Sdk sdk, Object options) {
        try {
            return sdk.endpoint(options);
        } catch (Throwable defect) {
            telemetry.defect("read_endpoint", defect);
            return sdk.unknownEndpoint();
        }
    }
}
