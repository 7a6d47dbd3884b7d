package io.bookstore.api.llm.call;

import org.jspecify.annotations.Nullable;

/**
 * A call to make.
 *
 * @param provider a name below {@code bookstore.llm.providers}
 * @param model the model to ask for
 * @param pinned true if the client chose the provider, so that no other may answer in its place
 * @param instructions the system message
 * @param input the user message
 * @param parameters the temperature and the longest answer
 * @param requestKey identifies the call towards the provider
 * @param variant the A/B variant; null outside of an experiment
 * @param promptVersion the version of the instructions
 * @param deadline the end of the wait for an answer
 */
public record LlmRequest(
        String provider,
        String model,
        boolean pinned,
        String instructions,
        String input,
        ChatParameters parameters,
        String requestKey,
        @Nullable String variant,
        String promptVersion,
        Deadline deadline) {

    /** The same, for another provider. */
    public LlmRequest to(String otherProvider, String otherModel) {
        return new LlmRequest(
                otherProvider,
                otherModel,
                pinned,
                instructions,
                input,
                parameters,
                requestKey,
                variant,
                promptVersion,
                deadline);
    }
}
