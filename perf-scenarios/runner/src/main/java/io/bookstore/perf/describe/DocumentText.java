package io.bookstore.perf.describe;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The text of a document.
 *
 * @param place   the file or address that it came from, as the user named it
 * @param address null for a file
 */
record DocumentText(String place, @Nullable URI address, String text) {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** @throws PerfException if there is none at that file or address */
    static DocumentText read(String place) throws InterruptedException {
        return place.startsWith("http://") || place.startsWith("https://") ? fetch(place) : ofFile(place);
    }

    private static DocumentText ofFile(String place) {
        Path file = Path.of(place);
        if (!Files.isRegularFile(file)) {
            throw new PerfException(
                    ExitCode.NO_INPUT, "There is no file " + place + ": --openapi wants a file or an http address.");
        }
        try {
            return new DocumentText(place, null, Files.readString(file));
        } catch (IOException e) {
            throw new PerfException(ExitCode.NO_INPUT, "The file " + place + " cannot be read: " + e + ".");
        }
    }

    private static DocumentText fetch(String place) throws InterruptedException {
        try {
            URI address = URI.create(place);
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(TIMEOUT)
                    .header("Accept", "application/json, application/yaml;q=0.9, */*;q=0.5")
                    .build();
            HttpResponse<String> response = HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new PerfException(
                        ExitCode.UNAVAILABLE,
                        place + " answers " + response.statusCode()
                                + ": name its OpenAPI document, such as /v3/api-docs, /openapi.json or /q/openapi.");
            }
            return new DocumentText(place, address, response.body());
        } catch (IllegalArgumentException e) {
            throw new PerfException(
                    ExitCode.USAGE, "--openapi must be a file or an http address, was \"" + place + "\".");
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.UNAVAILABLE,
                    "Nothing answers at " + place + ": start the service, or give its document as a file.");
        }
    }
}
