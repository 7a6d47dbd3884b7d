package io.bookstore.api.llm;

/**
 * One call to make.
 *
 * @param provider a name of {@link LlmProviders}
 * @param model what to ask the provider for
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
        String instructions,
        String input,
        String requestKey,
        String variant,
        String promptVersion,
        Deadline deadline) {}
