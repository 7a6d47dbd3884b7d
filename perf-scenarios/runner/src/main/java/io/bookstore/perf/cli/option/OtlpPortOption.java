package io.bookstore.perf.cli.option;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.stack.Ports;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The port on which a running service finds a receiver of its spans. */
public final class OtlpPortOption {

    @Option(
            names = "--otlp-port",
            paramLabel = "PORT",
            description = "Receive the spans of a running service here, by OTLP over HTTP. Default: none.")
    private @Nullable Integer port;

    /**
     * The port; null for no receiver.
     *
     * @throws PerfException if the service cannot know it, or it is no port
     */
    @Nullable
    public Integer port() {
        if (port != null && port == 0) {
            throw new PerfException(
                    ExitCode.USAGE, "--otlp-port must be a port that the service knows, such as 4318, was 0.");
        }
        return port == null ? null : Integer.valueOf(Ports.checked(port, "--otlp-port"));
    }
}
