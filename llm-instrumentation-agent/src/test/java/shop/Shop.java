package shop;

import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

/** A service without telemetry: it asks the models of two providers, one after the other, and ends. */
public final class Shop {

    private Shop() {}

    /** @param arguments the address of the providers */
    public static void main(String[] arguments) {
        String provider = arguments[0] + "/v1";
        ChatModel openAi = Models.openAi(provider);
        Models.say(openAi.chat("Summarise the book Dune by Frank Herbert"));
        Models.say(Streamed.answer(
                OpenAiStreamingChatModel.builder()
                        .baseUrl(provider)
                        .apiKey("none")
                        .modelName("gpt-4o-mini")
                        .build(),
                "Summarise the book Emma by Jane Austen"));
        ChatModel anthropic = AnthropicChatModel.builder()
                .baseUrl(provider + "/")
                .apiKey("none")
                .modelName("claude-sonnet-4-5")
                .build();
        Models.say(anthropic.chat("Summarise the book Persuasion by Jane Austen"));
        StreamingChatModel anthropicStream = AnthropicStreamingChatModel.builder()
                .baseUrl(provider + "/")
                .apiKey("none")
                .modelName("claude-sonnet-4-5")
                .build();
        Models.say(Streamed.answer(anthropicStream, "Summarise the book Ulysses by James Joyce"));
        Models.say("vector "
                + Models.openAiEmbeddings(provider)
                        .embed("Dune by Frank Herbert")
                        .content()
                        .dimension());
        try {
            openAi.chat("This one is refused");
        } catch (RateLimitException refused) {
            Models.say("refused");
        }
        // A model around another one: each call of it is one call.
        Models.say(new Decorator(new Decorator(openAi)).chat("Summarise the book Middlemarch by George Eliot"));
    }
}
