package io.bookstore.llm.langchain4j.provider;

import static io.bookstore.llm.langchain4j.provider.Counts.asLong;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.ollama.OllamaChatRequestParameters;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ollama's own wire format: a document a line, the last one with {@code "done": true}. */
final class OllamaDialect implements ProviderDialect {

    private static final String PARAMETERS = "dev.langchain4j.model.ollama.OllamaChatRequestParameters";

    // Keys of the line itself: in text that a model wrote, the quotes are escaped.
    private static final Pattern PIECE = Pattern.compile("(?<!\\\\)\"done\"\\s*:\\s*false");
    private static final Pattern DONE = Pattern.compile("(?<!\\\\)\"done\"\\s*:\\s*true");

    @Override
    public Map<String, String> names() {
        return Map.of("OLLAMA", "ollama");
    }

    @Override
    public @Nullable Long seed(ChatRequestParameters parameters) {
        return parameters.getClass().getName().equals(PARAMETERS) ? Module.seed(parameters) : null;
    }

    @Override
    public boolean begins(String event, String data) {
        return event.isEmpty() && mentionsDone(data) && PIECE.matcher(data).find();
    }

    @Override
    public boolean ends(String event, String data) {
        return event.isEmpty() && mentionsDone(data) && DONE.matcher(data).find();
    }

    // The plain search comes first, for the pattern looks behind every character of every piece.
    private static boolean mentionsDone(String data) {
        return data.contains("\"done\"");
    }

    private static final class Module {

        static @Nullable Long seed(ChatRequestParameters parameters) {
            return asLong(((OllamaChatRequestParameters) parameters).seed());
        }
    }
}
