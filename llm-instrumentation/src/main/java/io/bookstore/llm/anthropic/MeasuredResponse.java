package io.bookstore.llm.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponseFor;
import io.bookstore.llm.internal.sdk.Exchange;
import java.io.InputStream;
import java.util.Optional;

/** A raw response that ends its call once it is parsed, or closed without that. */
final class MeasuredResponse<T> implements HttpResponseFor<T> {

    private final HttpResponseFor<T> response;
    private final Exchange<?, ?> exchange;
    private boolean bodyIsTheHosts;

    MeasuredResponse(HttpResponseFor<T> response, Exchange<?, ?> exchange) {
        this.response = response;
        this.exchange = exchange;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // What is observed stays of its kind, null where it was null.
    public T parse() {
        try {
            return (T) exchange.observed(response.parse());
        } catch (Throwable error) {
            exchange.fail(error);
            throw error;
        }
    }

    @Override
    public InputStream body() {
        bodyIsTheHosts = true;
        return response.body();
    }

    @Override
    public void close() {
        try {
            response.close();
        } finally {
            if (bodyIsTheHosts) {
                exchange.completeUnread();
            } else {
                exchange.close();
            }
        }
    }

    @Override
    public int statusCode() {
        return response.statusCode();
    }

    @Override
    public Headers headers() {
        return response.headers();
    }

    @Override
    public Optional<String> requestId() {
        return response.requestId();
    }
}
