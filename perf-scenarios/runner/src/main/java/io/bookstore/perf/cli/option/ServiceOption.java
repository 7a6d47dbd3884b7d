package io.bookstore.perf.cli.option;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.stack.ServiceProbe;
import java.net.URI;
import picocli.CommandLine.Option;

/** The running service that a command is about. */
public final class ServiceOption {

    /** The address of a BookStore API that runs on this machine. */
    public static final String DEFAULT = "http://localhost:7002";

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            defaultValue = "${env:BASE_URL:-" + DEFAULT + "}",
            description = "The service (BASE_URL). Default: " + DEFAULT + ".")
    private String baseUrl = DEFAULT;

    public URI baseUrl() {
        return url(baseUrl);
    }

    public ServiceProbe probe() {
        return new ServiceProbe(baseUrl());
    }

    /** An address that a person typed. */
    public static URI url(String address) {
        return url("BASE_URL", address);
    }

    /** @param name the option or variable that it was given by */
    public static URI url(String name, String address) {
        try {
            URI uri = URI.create(address.replaceAll("/+$", ""));
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // Falls through to the sentence below.
        }
        throw new PerfException(
                ExitCode.USAGE,
                name + " must be an http or https URL such as " + DEFAULT + ", was \"" + address + "\".");
    }
}
