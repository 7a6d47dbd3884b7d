package io.bookstore.simulator.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.state.Batch;
import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.wire.Backend;
import io.bookstore.simulator.wire.Endpoint;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Page;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.WireRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The batches of messages: https://docs.claude.com/en/api/creating-message-batches and the pages beside it, with
 * https://docs.claude.com/en/docs/build-with-claude/batch-processing.
 */
final class AnthropicBatches {

    static final Parameters PARAMETERS =
            Parameters.of("Anthropic message batches").honoured("requests");

    private static final ObjectMapper json = new ObjectMapper();
    private static final String PATH = "/v1/messages/batches";
    private static final String ID_PATTERN = "^[a-zA-Z0-9_-]{1,64}$";
    private static final int MOST_ID_CHARS = 64;

    // The real one takes 100,000.
    private static final int MOST_REQUESTS = 10_000;
    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final Page.Size PAGE = new Page.Size(20, 1_000);

    private AnthropicBatches() {}

    static Stream<Endpoint> endpoints() {
        String one = PATH + "/[^/]+";
        return Stream.of(
                Endpoint.replies("POST", PATH, AnthropicBatches::create),
                Endpoint.replies("GET", PATH, AnthropicBatches::list),
                Endpoint.replies("GET", one, request -> document(request, find(request))),
                Endpoint.replies("DELETE", one, AnthropicBatches::delete),
                Endpoint.replies("POST", one + "/cancel", AnthropicBatches::cancel),
                Endpoint.sends("application/x-jsonl", "GET", one + "/results", AnthropicBatches::results));
    }

    private static String create(WireRequest request) {
        PARAMETERS.check(request.body(), AnthropicBatches::unknown, AnthropicBatches::unknown);
        JsonNode requests = request.body().path("requests");
        checkRequests(requests);
        Backend backend = request.backend();
        String id = "msgbatch_01" + backend.newId();
        Instant created = backend.now();
        List<JsonNode> bodies = new ArrayList<>();
        requests.forEach(each -> bodies.add(each.path("params")));
        List<LaterAnswer> answers = backend.answer(id, "/v1/messages", bodies, AnthropicBatches::check);
        List<Batch.Item> items = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            String customId = requests.get(i).path("custom_id").textValue();
            items.add(new Batch.Item(customId, answers.get(i), line(customId, answers.get(i))));
        }
        Batch batch = new Batch(id, created, "", items);
        backend.state().anthropicBatches().put(batch, created);
        return document(request, batch);
    }

    private static RefusedException unknown(String parameter) {
        return AnthropicRequest.invalid(parameter + ": Extra inputs are not permitted");
    }

    /** Checks the requests but for their parameters, which are checked when their turn has come. */
    private static void checkRequests(JsonNode requests) {
        if (requests.isMissingNode()) {
            throw AnthropicRequest.invalid("requests: Field required");
        }
        if (!requests.isArray()) {
            throw AnthropicRequest.invalid("requests: Input should be a valid list");
        }
        if (requests.isEmpty()) {
            throw AnthropicRequest.invalid("requests: List should have at least 1 item after validation, not 0");
        }
        if (requests.size() > MOST_REQUESTS) {
            throw AnthropicRequest.invalid("requests: llm-simulator takes " + MOST_REQUESTS
                    + " requests in a batch at most, not " + requests.size());
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < requests.size(); i++) {
            String place = "requests." + i + ".";
            String customId = customId(requests.get(i), place + "custom_id");
            if (!requests.get(i).path("params").isObject()) {
                throw AnthropicRequest.invalid(place + "params: Field required");
            }
            if (!seen.add(customId)) {
                throw AnthropicRequest.invalid(
                        "requests: custom_id's must be unique within a batch. Duplicate custom_id found: " + customId);
            }
        }
    }

    private static String customId(JsonNode request, String place) {
        JsonNode id = request.path("custom_id");
        if (!id.isTextual()) {
            throw AnthropicRequest.invalid(
                    place + (id.isMissingNode() ? ": Field required" : ": Input should be a valid string"));
        }
        if (id.textValue().length() > MOST_ID_CHARS) {
            throw AnthropicRequest.invalid(place + ": String should have at most " + MOST_ID_CHARS + " characters");
        }
        if (!id.textValue().matches(ID_PATTERN)) {
            throw AnthropicRequest.invalid(place + ": String should match pattern '" + ID_PATTERN + "'");
        }
        return id.textValue();
    }

    private static void check(GenerationRequest request) {
        if (request.streaming()) {
            throw AnthropicRequest.invalid("\"stream=True\" is not supported in the Message Batches API");
        }
    }

    /** A line of the results: https://docs.claude.com/en/api/retrieving-message-batch-results. */
    private static String line(String customId, LaterAnswer answer) {
        String document = answer.document();
        String result;
        if (answer.succeeded() && document != null) {
            result = "\"succeeded\",\"message\":" + ofBatch(document);
        } else {
            String error = document == null
                    ? AnthropicErrors.error(Refusal.of(Kind.SERVER_ERROR, "Internal server error"), "req_none")
                            .body()
                    : document;
            result = "\"errored\",\"error\":" + error;
        }
        return result(customId, result);
    }

    private static String result(String customId, String result) {
        return "{\"custom_id\":" + Json.quote(customId) + ",\"result\":{\"type\":" + result + "}}";
    }

    /** The message with the service tier in its usage, which tells its price. */
    private static String ofBatch(String message) {
        try {
            JsonNode document = json.readTree(message);
            ((ObjectNode) document.path("usage")).put("service_tier", "batch");
            return document.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A message is not JSON", e);
        }
    }

    private static String list(WireRequest request) {
        List<Batch> all = request.backend().state().anthropicBatches().newestFirst();
        String before = request.parameter("before_id");
        String limit = request.parameter("limit");
        Page<Batch> page = before.isEmpty()
                ? Page.after(request.parameter("after_id"), all, Batch::id, PAGE, limit)
                : Page.before(before, all, Batch::id, PAGE, limit);
        return "{" + page.fields(Batch::id, batch -> document(request, batch)) + "}";
    }

    private static String cancel(WireRequest request) {
        Batch batch = find(request);
        Instant now = request.backend().now();
        if (batch.isEnded(now)) {
            throw AnthropicRequest.invalid("Message Batch " + batch.id() + " has ended and cannot be canceled.");
        }
        batch.callOff(now);
        return document(request, batch);
    }

    private static String delete(WireRequest request) {
        Batch batch = find(request);
        if (!batch.isEnded(request.backend().now())) {
            throw AnthropicRequest.invalid(
                    "In progress batches cannot be deleted. Consider canceling the batch instead.");
        }
        request.backend().state().anthropicBatches().remove(batch);
        return "{\"id\":\"" + batch.id() + "\",\"type\":\"message_batch_deleted\"}";
    }

    private static String results(WireRequest request) {
        Batch batch = find(request);
        Instant now = request.backend().now();
        if (!batch.isEnded(now)) {
            throw new RefusedException(Kind.NOT_FOUND, "Message Batch " + batch.id() + " has no available results.");
        }
        return batch.lines(now, item -> result(item.customId(), "\"canceled\""));
    }

    private static Batch find(WireRequest request) {
        String id = request.partAfter("batches");
        Batch found = request.backend().state().anthropicBatches().find(id);
        if (found == null) {
            throw new RefusedException(Kind.NOT_FOUND, "Message Batch " + id + " not found.");
        }
        return found;
    }

    private static String document(WireRequest request, Batch batch) {
        Instant now = request.backend().now();
        boolean ended = batch.isEnded(now);
        Instant cancelled = batch.cancelled();
        String status = cancelled == null ? "in_progress" : "canceling";
        String results = Json.quote("http://" + request.host() + PATH + "/" + batch.id() + "/results");
        return "{\"id\":\"" + batch.id() + "\",\"type\":\"message_batch\",\"processing_status\":\""
                + (ended ? "ended" : status) + "\",\"request_counts\":" + counts(batch, now, ended)
                + ",\"ended_at\":" + time(ended ? batch.end(now) : null) + ",\"created_at\":" + time(batch.created())
                + ",\"expires_at\":" + time(batch.created().plus(LIFETIME)) + ",\"archived_at\":null"
                + ",\"cancel_initiated_at\":" + time(cancelled) + ",\"results_url\":" + (ended ? results : "null")
                + "}";
    }

    /** The counts, of which all but the first are "zero until processing of the entire Message Batch has ended", says the page. */
    private static String counts(Batch batch, Instant now, boolean ended) {
        long succeeded = ended ? batch.count(now, true) : 0;
        long errored = ended ? batch.count(now, false) : 0;
        long canceled = ended ? batch.size() - succeeded - errored : 0;
        return "{\"processing\":" + (ended ? 0 : batch.size()) + ",\"succeeded\":" + succeeded + ",\"errored\":"
                + errored + ",\"canceled\":" + canceled + ",\"expired\":0}";
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "null" : "\"" + time + "\"";
    }
}
