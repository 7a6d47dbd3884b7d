package io.bookstore.api.llm;

import io.bookstore.llm.content.ContentPolicy;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Prompts and answers on the spans of calls, from {@code bookstore.llm.content}.
 *
 * @param capture true puts prompts and answers on spans, cut at 8,192 characters each
 * @param redact  a regular expression; {@code [redacted]} stands in place of each match; empty for nothing
 */
@ConfigurationProperties("bookstore.llm.content")
record ContentConfig(
        @Bindable(defaultValue = "false") boolean capture,
        @Bindable(defaultValue = PERSONAL) String redact) {

    /** E-mail addresses, and numbers of 13 to 19 digits, as those of cards; without backtracking on long texts. */
    static final String PERSONAL = "(?<![\\w.%+-])[\\w.%+-]++@[\\w.-]++|(?<!\\d)\\d(?:[ -]?\\d){12,18}(?!\\d)";

    static final String REDACTED = "[redacted]";

    /** Longer than any prompt of the service; an answer may have a megabyte. */
    private static final int MAX_CHARS = 8_192;

    ContentConfig {
        try {
            Pattern.compile(redact);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "bookstore.llm.content.redact must be a regular expression, was " + redact + ": "
                            + e.getDescription(),
                    e);
        }
    }

    /** Returns what is kept of a call. */
    ContentPolicy policy() {
        Pattern redacted = Pattern.compile(redact);
        return ContentPolicy.redacted(
                        text -> redact.isEmpty() ? text : redacted.matcher(text).replaceAll(REDACTED))
                .cutAt(MAX_CHARS);
    }
}
