package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.state.StoredConversation.Item;
import io.bookstore.simulator.wire.WireRequest;
import java.util.List;

/**
 * The fields that items are shown with. Some are left out unless the parameter {@code include} of the query names them.
 *
 * @param included the values of the parameter
 */
record ItemFields(List<String> included) {

    private static final String ENCRYPTED = "reasoning.encrypted_content";
    private static final String LOG_PROBABILITIES = "message.output_text.logprobs";
    private static final String IMAGES = "message.input_image.image_url";

    // Those of tools that the provider runs have no effect, since they are never called.
    private static final List<String> INCLUDABLE = List.of(
            "file_search_call.results",
            "web_search_call.results",
            "web_search_call.action.sources",
            IMAGES,
            "computer_call_output.output.image_url",
            "code_interpreter_call.outputs",
            ENCRYPTED,
            LOG_PROBABILITIES);

    static ItemFields of(WireRequest request) {
        List<String> included = request.parameters("include");
        for (String value : included) {
            if (!INCLUDABLE.contains(value)) {
                throw OpenAiInvalid.unsupported("include", value, INCLUDABLE);
            }
        }
        return new ItemFields(included);
    }

    String document(Item item) {
        ObjectNode shown = (ObjectNode) ResponsesHistory.read(item.document());
        if (!included.contains(ENCRYPTED)) {
            shown.remove("encrypted_content");
        }
        for (JsonNode part : shown.path("content")) {
            if (part.has("logprobs") && !included.contains(LOG_PROBABILITIES)) {
                ((ObjectNode) part).putArray("logprobs");
            }
            if (part.has("image_url") && !included.contains(IMAGES)) {
                ((ObjectNode) part).putNull("image_url");
            }
        }
        return shown.toString();
    }
}
