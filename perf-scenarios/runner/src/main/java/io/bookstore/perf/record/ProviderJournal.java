package io.bookstore.perf.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The journal of the provider's simulator, read as it grows. Used by one thread. */
final class ProviderJournal {

    private static final JsonFactory json = new JsonFactory();
    private static final Duration timeout = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(timeout).build();
    private final URI simulator;
    private final Consumer<JournalAttempt> attempts;
    private long read;

    private ProviderJournal(URI simulator, Consumer<JournalAttempt> attempts, long read) {
        this.simulator = simulator;
        this.attempts = attempts;
        this.read = read;
    }

    /** Follows the journal from the attempt on that ends next; {@code ended} were there before the run. */
    static ProviderJournal follow(URI simulator, long ended, Consumer<JournalAttempt> attempts) {
        return new ProviderJournal(simulator, attempts, ended);
    }

    /** Reads the attempts that have ended since the last time; a journal that does not answer is asked again next time. */
    void poll() throws InterruptedException {
        try {
            HttpResponse<InputStream> response = http.send(
                    HttpRequest.newBuilder(simulator.resolve("/admin/journal?after=" + read))
                            .timeout(timeout)
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                if (response.statusCode() != 200) {
                    return;
                }
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    read++;
                    JournalAttempt attempt = attempt(line);
                    if (attempt != null) {
                        attempts.accept(attempt);
                    }
                }
            }
        } catch (IOException | UncheckedIOException unavailable) {
            // A service that is being stopped takes its simulator along.
        }
    }

    /** Null if the line is no attempt; the long lists of its chunks are skipped. */
    static @Nullable JournalAttempt attempt(String line) {
        String key = null;
        Instant time = null;
        Double duration = null;
        Integer status = null;
        Long inputTokens = null;
        Long outputTokens = null;
        try (JsonParser parser = json.createParser(line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "requestKey" -> key = parser.getText();
                    case "time" -> time = Instant.parse(parser.getText());
                    case "actualDurationMs" -> duration = parser.getDoubleValue();
                    case "status" -> status = parser.getIntValue();
                    case "inputTokens" -> inputTokens = parser.getLongValue();
                    case "outputTokens" -> outputTokens = parser.getLongValue();
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException | DateTimeParseException noAttempt) {
            return null;
        }
        return key == null || time == null || duration == null
                ? null
                : new JournalAttempt(
                        RequestJoin.key(key),
                        time.getEpochSecond() * 1_000_000_000 + time.getNano(),
                        duration,
                        status,
                        inputTokens,
                        outputTokens);
    }
}
