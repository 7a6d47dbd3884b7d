package io.bookstore.llm.langchain4j.provider;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.ErrorType;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which one provider differs from the others, in LangChain4j's classes and on the wire. Each provider is a file;
 * a new one is a file and a place in {@link #ALL}. Classes of a provider's module, which may be missing, are touched only for
 * an object of such a class.
 */
public sealed interface ProviderDialect
        permits AnyDialect, AnthropicDialect, BedrockDialect, GeminiDialect, OllamaDialect, OpenAiDialect {

    /** The dialects of all providers. */
    List<ProviderDialect> ALL = List.of(
            new AnthropicDialect(),
            new OpenAiDialect(),
            new GeminiDialect(),
            new OllamaDialect(),
            new BedrockDialect());

    /** The headers of all providers that tell what is left of a limit. */
    Map<String, String> REMAINING_LIMITS =
            merged(ALL.stream().map(ProviderDialect::remainingLimits).toList());

    /** The conventions' names of all providers that differ from LangChain4j's. */
    Map<String, String> NAMES = merged(
            Stream.concat(ALL.stream().map(ProviderDialect::names), Stream.of(Map.of("WATSONX", "ibm.watsonx.ai")))
                    .toList());

    /** The conventions' names of this provider, by LangChain4j's {@code ModelProvider}. */
    Map<String, String> names();

    /** The counts of an answer as inclusive totals; null if its class is another provider's. */
    default @Nullable TokenUsage usage(dev.langchain4j.model.output.TokenUsage usage) {
        return null;
    }

    /**
     * The counts and, if a prompt was kept at all, the part of it that only the document of the answer tells.
     *
     * @throws IOException if the document cannot be read
     */
    default TokenUsage withCacheLifetime(TokenUsage usage, ChatResponseMetadata metadata) throws IOException {
        return usage;
    }

    /** The seed of a request; null if there is none or its class is another provider's. */
    default @Nullable Long seed(ChatRequestParameters parameters) {
        return null;
    }

    /** The level of reasoning of a request; null if there is none or its class is another provider's. */
    default @Nullable String reasoningLevel(ChatRequestParameters parameters) {
        return null;
    }

    /** Headers that tell what is left of a limit, and the kind of each limit. */
    default Map<String, String> remainingLimits() {
        return Map.of();
    }

    /** Returns true if the event shows that a stream of this provider is under way. */
    default boolean begins(String event, String data) {
        return false;
    }

    /** Returns true if the event tells why the answer ends; the last event may then be missing. */
    default boolean tellsFinish(String event, String data) {
        return false;
    }

    /** Returns true for the last event of a stream. */
    default boolean ends(String event, String data) {
        return false;
    }

    /** The meaning of an event that reports a failure; null for any other event. */
    default @Nullable ErrorType failure(String event, String data) {
        return null;
    }

    /** The tokens that the first event of a stream tells; null if it tells none. */
    default @Nullable TokenUsage usageAtStart(String event, String data) {
        return null;
    }

    /** The dialect of a stream of which nothing has shown the provider yet. */
    static ProviderDialect any() {
        return AnyDialect.INSTANCE;
    }

    /** The dialect that the event shows; this one if it shows none. */
    default ProviderDialect narrowedBy(String event, String data) {
        return this;
    }

    private static Map<String, String> merged(List<Map<String, String>> maps) {
        Map<String, String> all = new HashMap<>();
        maps.forEach(all::putAll);
        return Map.copyOf(all);
    }
}
