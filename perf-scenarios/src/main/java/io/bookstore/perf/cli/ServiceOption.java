package io.bookstore.perf.cli;

import io.bookstore.perf.stack.ServiceProbe;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which running service a command is about. */
final class ServiceOption {

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            defaultValue = "${env:BASE_URL:-http://localhost:7002}",
            description = "The service (BASE_URL). Default: http://localhost:7002.")
    private URI baseUrl = URI.create("http://localhost:7002");

    URI baseUrl() {
        return baseUrl;
    }

    ServiceProbe probe() {
        return new ServiceProbe(baseUrl);
    }
}
