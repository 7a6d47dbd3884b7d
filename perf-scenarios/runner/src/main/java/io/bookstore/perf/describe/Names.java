package io.bookstore.perf.describe;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Names of fields and paths as they are compared: habits of spelling do not count. */
final class Names {

    private static final List<String> PROMPTS = List.of(
            "prompt",
            "question",
            "query",
            "message",
            "usermessage",
            "userinput",
            "utterance",
            "instruction",
            "input",
            "inputs",
            "text",
            "content",
            "q");

    private Names() {}

    /** The name without case, underscores and hyphens: {@code prompt_tokens} and {@code promptTokens} are one. */
    static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** The words of a name or path, in lower case. */
    static List<String> words(String name) {
        return Arrays.stream(name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").split("[^A-Za-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Returns whether a field of that name has what a user asks. */
    static boolean isPrompt(String name) {
        return PROMPTS.contains(plain(name));
    }

    /** The name as it may stand between braces in a descriptor. */
    static String placeholder(String name) {
        return name.replaceAll("\\W", "_");
    }

    /** The name for a file and a target: lower-case letters, digits and hyphens, a letter first, and no "API" at its end. */
    static String slug(String title) {
        String slug = String.join("-", words(title)).replaceAll("^[^a-z]+", "").replaceAll("(?<=.)-api$", "");
        return slug.isEmpty() ? "service" : slug;
    }
}
