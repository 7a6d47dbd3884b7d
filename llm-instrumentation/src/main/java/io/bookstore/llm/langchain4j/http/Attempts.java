package io.bookstore.llm.langchain4j.http;

import io.bookstore.llm.Inference;
import io.bookstore.llm.error.ErrorType;
import org.jspecify.annotations.Nullable;

/** Tells the call around an exchange of it as an attempt, or does not. */
enum Attempts {
    REPORTED,
    SILENT;

    void succeeded() {
        Inference call = call();
        if (call != null) {
            call.attemptSucceeded();
        }
    }

    void failed(Throwable error) {
        Inference call = call();
        if (call == null) {
            return;
        }
        if (error instanceof ProviderHttpException refused) {
            call.attemptFailed(ErrorType.ofStatus(refused.statusCode()), refused.statusCode(), refused.retryAfter());
        } else {
            call.attemptFailed(ErrorType.of(error), null, null);
        }
    }

    void failed(ErrorType type) {
        Inference call = call();
        if (call != null) {
            call.attemptFailed(type, null, null);
        }
    }

    private @Nullable Inference call() {
        return this == REPORTED ? Inference.current() : null;
    }
}
