package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.state.StoredResponse;
import io.bookstore.simulator.wire.Backend;
import io.bookstore.simulator.wire.WireRequest;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the answer to one request with its input, which is the default of the parameter {@code store}.
 *
 * @param input of the request and of the responses before it
 */
record ResponsesKeeper(Backend backend, JsonNode input, boolean background) {

    /** Returns null if the request does not want its answer kept. */
    static @Nullable ResponsesKeeper of(WireRequest request) {
        boolean store = flag(request.body(), "store", true);
        boolean background = flag(request.body(), "background", false);
        if (background && !store) {
            throw OpenAiInvalid.withoutCode("Background mode requires 'store' to be true.", "background");
        }
        return store ? new ResponsesKeeper(request.backend(), request.body().path("input"), background) : null;
    }

    private static boolean flag(JsonNode body, String parameter, boolean unset) {
        JsonNode value = body.path(parameter);
        if (value.isMissingNode() || value.isNull()) {
            return unset;
        }
        if (!value.isBoolean()) {
            throw OpenAiInvalid.wrongType(parameter, "a boolean", value);
        }
        return value.booleanValue();
    }

    /** @param later null if the answer has been sent */
    void keep(String id, String document, @Nullable LaterAnswer later) {
        String items = ResponsesHistory.items(input, id).toString();
        backend.state().responses().put(new StoredResponse(id, document, items, background, later), backend.now());
    }
}
