package io.bookstore.perf.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;

/**
 * Parts that stand in a long text one after the other. AssertJ's {@code containsSubsequence} copies the rest of the text for
 * every character before a part, which takes a second for a report.
 */
public final class InOrder {

    private InOrder() {}

    public static Consumer<String> inOrder(String... parts) {
        return text -> {
            int from = 0;
            for (String part : parts) {
                int at = text.indexOf(part, from);
                assertThat(at)
                        .withFailMessage(
                                "\"%s\" is missing after \"%s\"%s",
                                part,
                                text.substring(Math.max(0, from - 80), from),
                                text.contains(part) ? "; it stands before" : "")
                        .isNotNegative();
                from = at + part.length();
            }
        };
    }
}
