package io.bookstore.api.llm.call;

/**
 * The provider and the model that answered.
 *
 * @param provider the provider, by its name in this service
 * @param semanticProvider the value of {@code gen_ai.provider.name}
 * @param requestModel the model that was asked for
 * @param model the model that answered, as the provider names it
 * @param simulated true if it was the simulator
 */
public record AnsweredBy(
        String provider, String semanticProvider, String requestModel, String model, boolean simulated) {}
