package io.bookstore.perf.cli.describe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.cli.terminal.Finding;
import io.bookstore.perf.describe.DescriptorDraft;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.stack.ServiceClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for the path at which a live service says that it is ready: that of the draft, else the usual ones in their order. Each
 * request has the headers of the draft, as the scripts send them, and goes to its service alone: no redirect is followed.
 */
final class HealthSearch {

    /** Paths that tell of readiness, before those that only tell of life. */
    private static final List<String> USUAL = List.of(
            "/health/readiness",
            "/health/ready",
            "/actuator/health/readiness",
            "/q/health/ready",
            "/readyz",
            "/ready",
            "/health",
            "/healthz",
            "/actuator/health",
            "/q/health",
            "/api/health",
            "/livez",
            "/status",
            "/ping");

    private static final Set<String> NOT_READY = Set.of("down", "fail", "error", "unhealthy", "out_of_service");

    /** The silent paths that end the search: one may hang, and the next one answer. */
    private static final int MOST_SILENT = 2;

    private static final int LONGEST_WORDS = 200;

    private static final ObjectMapper json = new ObjectMapper();

    private final ServiceClient client = new ServiceClient();
    private final Map<String, String> environment;

    /** @param environment the variables that the headers of a draft name */
    HealthSearch(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The draft with its health, and what there is to say about it.
     *
     * @param findings empty if the path of the draft is the one
     */
    record Outcome(DescriptorDraft draft, List<Finding> findings) {}

    Outcome of(DescriptorDraft draft) throws InterruptedException {
        List<String> paths = new ArrayList<>(USUAL);
        if (draft.health() != null) {
            paths.add(0, draft.health());
        }
        Map<String, String> headers = TargetDescriptor.filled(draft.headers(), environment);
        int silent = 0;
        for (String path : paths) {
            Optional<HttpResponse<String>> answer = client.get(URI.create(draft.baseUrl() + path), headers);
            if (answer.isEmpty()) {
                if (++silent == MOST_SILENT) {
                    // Nothing answers, and the first request says so.
                    return new Outcome(draft, List.of());
                }
                continue;
            }
            if (path.equals(draft.health()) && asksForCredentials(answer.get())) {
                // The first request asks it too, and says what is wrong with them.
                return new Outcome(draft, List.of());
            }
            if (saysReady(answer.get())) {
                return path.equals(draft.health())
                        ? new Outcome(draft, List.of())
                        : new Outcome(
                                draft.withHealth(path),
                                List.of(Finding.ok("health", path + " answers 200, and says that it is ready")));
            }
        }
        return new Outcome(
                draft.withHealth(null),
                List.of(Finding.none(
                        "health",
                        "left out, for none of " + String.join(", ", paths)
                                + " answers 200 and says that it is ready: a run asks GET /")));
    }

    private static boolean asksForCredentials(HttpResponse<String> answer) {
        return answer.statusCode() == 401 || answer.statusCode() == 403;
    }

    /** Returns whether that is what a health check says: JSON without an error, or a few words; a page or nothing is neither. */
    private static boolean saysReady(HttpResponse<String> answer) {
        String body = answer.body().strip();
        if (answer.statusCode() != 200 || body.isEmpty() || body.startsWith("<")) {
            return false;
        }
        try {
            JsonNode told = json.readTree(body);
            return !told.hasNonNull("error")
                    && !NOT_READY.contains(told.path("status").asText().toLowerCase(Locale.ROOT));
        } catch (JsonProcessingException noJson) {
            return body.length() <= LONGEST_WORDS;
        }
    }
}
