package io.bookstore.llm.langchain4j.provider;

import org.jspecify.annotations.Nullable;

/** Counts of LangChain4j, which has them as {@code Integer}. */
final class Counts {

    private Counts() {}

    static @Nullable Long asLong(@Nullable Integer count) {
        return count == null ? null : count.longValue();
    }
}
