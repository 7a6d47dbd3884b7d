package io.bookstore.api.llm;

/**
 * One call to make.
 *
 * @param provider a name of {@link LlmProviders}
 * @param model what to ask the provider for
 * @param pinned whether the client chose the provider, so that no other may answer in its place
 * @param instructions the system message
 * @param input the user message
 * @param requestKey identifies the call towards the provider
 * @param variant the A/B variant; {@code none} outside of an experiment
 * @param promptVersion the version of the instructions
 * @param deadline when nobody waits any more
 */
public record LlmRequest(
        String provider,
        String model,
        boolean pinned,
        String instructions,
        String input,
        String requestKey,
        String variant,
        String promptVersion,
        Deadline deadline) {

    /** The same, for another provider. */
    LlmRequest to(String otherProvider, String otherModel) {
        return new LlmRequest(
                otherProvider, otherModel, pinned, instructions, input, requestKey, variant, promptVersion, deadline);
    }
}
