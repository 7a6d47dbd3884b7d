package io.bookstore.console.provider;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bookstore.console.local.LocalClient;
import io.bookstore.console.local.LongAnswerException;
import io.bookstore.console.provider.ProviderState.Attempt;
import io.bookstore.console.provider.ProviderState.Journal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the admin API of a simulator. Answers are read up to a limit and into records, so that a program which is no simulator, or a
 * hostile one, is told in a sentence and nothing of its answer goes on. Thread-safe.
 *
 * <p>Each method throws {@link SimulatorUnavailableException}.
 */
public final class SimulatorClient {

    /** The end of the journal that is shown; a line may have the times of 512 chunks, about 8 KiB. */
    static final int ATTEMPTS = 50;

    /** More than the end of a journal of long streams, or the profiles with their sources. */
    static final int MOST_BYTES = 2 * 1024 * 1024;

    private static final String CONFIG = "/admin/config";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Pattern active = Pattern.compile("(?m)^llm_simulator_requests_active (\\d{1,9})$");
    private static final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final LocalClient http = new LocalClient(MOST_BYTES, PATIENCE);

    /** A change that was made. */
    public record Change(ProviderConfig config, String description) {}

    public ProviderState state(URI simulator) {
        ProviderConfig config = read(simulator, CONFIG, ProviderConfig.class);
        Matcher found = active.matcher(text(simulator, "/metrics"));
        if (!found.find()) {
            throw SimulatorUnavailableException.unlike(simulator, "/metrics", "tells no active requests");
        }
        Journal journal = read(simulator, "/admin/journal/summary", Journal.class);
        return new ProviderState(config, Long.parseLong(found.group(1)), journal, end(simulator, journal.count()));
    }

    public ProviderProfiles profiles(URI simulator) {
        return read(simulator, "/admin/profiles", ProviderProfiles.class);
    }

    /** The verdicts over the whole journal: some work for the simulator, so nobody asks for them all the time. */
    public ClientVerdicts verdicts(URI simulator) {
        return read(simulator, "/admin/verdicts", ClientVerdicts.class);
    }

    /**
     * Changes the configuration.
     *
     * @param change a JSON object; keys that are left out stay
     * @throws IllegalArgumentException in the simulator's own sentence, if it refuses the change
     */
    public Change change(URI simulator, byte[] change) {
        HttpResponse<byte[]> answer =
                send(simulator, CONFIG, HttpRequest.newBuilder().PUT(HttpRequest.BodyPublishers.ofByteArray(change)));
        if (answer.statusCode() == 400) {
            JsonNode problem = parsed(simulator, CONFIG, answer.body(), JsonNode.class);
            throw new IllegalArgumentException(problem.path("detail").asText("The simulator refuses the change") + ".");
        }
        ProviderConfig config = parsed(simulator, CONFIG, body(simulator, CONFIG, answer), ProviderConfig.class);
        return new Change(config, config.described(parsed(simulator, CONFIG, change, JsonNode.class)));
    }

    private List<Attempt> end(URI simulator, long count) {
        String path = "/admin/journal?after=" + Math.max(0, count - ATTEMPTS);
        List<Attempt> attempts = new ArrayList<>();
        for (String line : text(simulator, path).lines().toList()) {
            attempts.add(parsed(simulator, path, line.getBytes(StandardCharsets.UTF_8), Attempt.class));
        }
        Collections.reverse(attempts);
        return attempts.subList(0, Math.min(attempts.size(), ATTEMPTS));
    }

    private <T> T read(URI simulator, String path, Class<T> type) {
        return parsed(simulator, path, get(simulator, path), type);
    }

    private String text(URI simulator, String path) {
        return new String(get(simulator, path), StandardCharsets.UTF_8);
    }

    private byte[] get(URI simulator, String path) {
        return body(simulator, path, send(simulator, path, HttpRequest.newBuilder()));
    }

    private static byte[] body(URI simulator, String path, HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            throw SimulatorUnavailableException.unlike(simulator, path, "has the status " + answer.statusCode());
        }
        return answer.body();
    }

    private static <T> T parsed(URI simulator, String path, byte[] body, Class<T> type) {
        try {
            T read = json.readValue(body, type);
            if (read != null) {
                return read;
            }
        } catch (IOException notThat) {
            // Falls through to the sentence below.
        }
        throw SimulatorUnavailableException.unlike(simulator, path, "cannot be read");
    }

    private HttpResponse<byte[]> send(URI simulator, String path, HttpRequest.Builder request) {
        try {
            return http.send(request.uri(simulator.resolve(path)).build());
        } catch (LongAnswerException e) {
            throw SimulatorUnavailableException.unlike(simulator, path, "has " + e.getMessage());
        } catch (IOException e) {
            throw SimulatorUnavailableException.silent(simulator);
        }
    }
}
