package io.bookstore.llm.langchain4j.http;

import java.io.IOException;

/** A provider's answer was cut because it grew beyond {@link HttpLimits#maxAnswerBytes}. The provider bills it all the same. */
public final class OversizedAnswerException extends IOException {

    private static final long serialVersionUID = 1;

    OversizedAnswerException(long maxAnswerBytes) {
        super("the provider's answer is longer than " + maxAnswerBytes + " bytes");
    }
}
