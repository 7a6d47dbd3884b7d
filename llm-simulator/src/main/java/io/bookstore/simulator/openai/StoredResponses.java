package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.state.LaterAnswer.Phase;
import io.bookstore.simulator.state.StoredResponse;
import io.bookstore.simulator.state.StreamPart;
import io.bookstore.simulator.wire.Endpoint;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Page;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.WireRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The responses that are kept: https://platform.openai.com/docs/api-reference/responses/get and the pages beside it. Those in the
 * background as https://platform.openai.com/docs/guides/background has them.
 */
final class StoredResponses {

    private static final Page.Size PAGE = new Page.Size(20, 100);

    // The guide names none; the refusal does: https://github.com/openai/openai-python/issues/2828.
    private static final Duration STREAMED_AGAIN_FOR = Duration.ofMinutes(5);

    private StoredResponses() {}

    /** @param path of all of them, with a slash at its end */
    static Stream<Endpoint> endpoints(String path) {
        String one = path + "responses/[^/]+";
        return Stream.of(
                Endpoint.resumes(one, StoredResponses::events, StoredResponses::retrieve),
                Endpoint.replies("DELETE", one, StoredResponses::delete),
                Endpoint.replies("POST", one + "/cancel", StoredResponses::cancel),
                Endpoint.replies("GET", one + "/input_items", StoredResponses::inputItems));
    }

    private static String retrieve(WireRequest request) {
        return document(find(request), request.backend().now());
    }

    /** The events of a response that was begun as a stream in the background; null if they are not asked for. */
    private static @Nullable Iterator<StreamPart> events(WireRequest request) {
        if (!request.parameter("stream").equals("true")) {
            return null;
        }
        StoredResponse found = find(request);
        LaterAnswer later = found.later();
        Iterable<StreamPart> stream = found.stream();
        if (later == null) {
            throw OpenAiInvalid.notStreamed(
                    "This response cannot be streamed because it was not created with background=true.");
        }
        if (stream == null) {
            throw OpenAiInvalid.notStreamed(
                    "This response cannot be streamed because it was not created with stream=true.");
        }
        Instant now = request.backend().now();
        if (Duration.between(later.arrived(), now).compareTo(STREAMED_AGAIN_FOR) > 0) {
            throw OpenAiInvalid.notStreamed(
                    "This response can no longer be streamed because it is more than 5 minutes old");
        }
        return new ResumedEvents(later, stream, startingAfter(request), now);
    }

    private static int startingAfter(WireRequest request) {
        String number = request.parameter("starting_after");
        if (!number.matches("[0-9]{0,9}")) {
            throw OpenAiInvalid.wrongType("starting_after", "an integer, but got a string instead");
        }
        return number.isEmpty() ? -1 : Integer.parseInt(number);
    }

    private static String delete(WireRequest request) {
        StoredResponse found = find(request);
        found.cancel(request.backend().now());
        request.backend().state().responses().remove(found);
        return "{\"id\":" + Json.quote(found.id()) + ",\"object\":\"response\",\"deleted\":true}";
    }

    private static String cancel(WireRequest request) {
        StoredResponse found = find(request);
        if (!found.background()) {
            throw new RefusedException(Kind.INVALID_REQUEST, "Cannot cancel a synchronous response.");
        }
        found.cancel(request.backend().now());
        return document(found, request.backend().now());
    }

    private static String inputItems(WireRequest request) {
        List<JsonNode> items = new ArrayList<>();
        ResponsesHistory.read(find(request).input()).forEach(items::add);
        // The newest come first, unless the request says otherwise.
        if (!request.parameter("order").equals("asc")) {
            Collections.reverse(items);
        }
        Function<JsonNode, String> id = item -> item.path("id").asText();
        return OpenAiFiles.list(request, items, PAGE, id, JsonNode::toString);
    }

    private static StoredResponse find(WireRequest request) {
        String id = request.partAfter("responses");
        StoredResponse found = request.backend().state().responses().find(id);
        if (found == null) {
            throw new RefusedException(Kind.NOT_FOUND, "Response with id '" + id + "' not found.");
        }
        return found;
    }

    private static String document(StoredResponse stored, Instant now) {
        Phase phase = stored.phase(now);
        LaterAnswer later = stored.later();
        boolean failed = later != null && !later.succeeded();
        if (phase == Phase.ENDED && !failed) {
            return stored.document();
        }
        ObjectNode document = (ObjectNode) ResponsesHistory.read(stored.document());
        document.put("status", phase == Phase.ENDED ? "failed" : phase.name().toLowerCase(Locale.ROOT));
        document.putNull("incomplete_details").putNull("usage").putArray("output");
        if (phase == Phase.ENDED) {
            document.putObject("error")
                    .put("code", "server_error")
                    .put("message", "The server had an error while processing your request.");
        }
        return document.toString();
    }
}
