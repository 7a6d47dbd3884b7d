package io.bookstore.llm.langchain4j.http;

import dev.langchain4j.exception.NonRetriableException;

/**
 * A provider answered with success and nothing: no body, a JSON object without a member, or a stream without an event. LangChain4j's clients would end
 * in a {@link NullPointerException}. It may have been paid for, so LangChain4j does not ask again.
 */
public final class EmptyAnswerException extends NonRetriableException {

    private static final long serialVersionUID = 1;

    EmptyAnswerException(int status) {
        super("the provider's answer is empty: status " + status
                + " with a body that says nothing; see what stands between this host and the provider");
    }
}
