package io.bookstore.perf.cli.option;

import io.bookstore.perf.run.TargetDescriptor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The service that gets the load. */
public final class LoadedServiceOption {

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            defaultValue = "${env:BASE_URL}",
            description = "The service (BASE_URL). Default: the address in the descriptor of TARGET.")
    private @Nullable String baseUrl;

    /** The address as it was given; empty if none was. */
    public String address() {
        return baseUrl == null ? "" : baseUrl;
    }

    /** The address as it was given, or that of the descriptor; empty if neither has one. */
    public String address(@Nullable TargetDescriptor descriptor) {
        return address().isEmpty() && descriptor != null ? descriptor.baseUrl() : address();
    }
}
