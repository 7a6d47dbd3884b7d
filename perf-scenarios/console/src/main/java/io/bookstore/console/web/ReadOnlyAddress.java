package io.bookstore.console.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Set;

/** An address of the API that is only read: any other method, path or parameter is refused. */
final class ReadOnlyAddress {

    private final String path;
    private final Set<String> parameters;

    /** @param parameters the names of those that a request may have */
    ReadOnlyAddress(String path, Set<String> parameters) {
        this.path = path;
        this.parameters = parameters;
    }

    /** The answer to a request that is allowed. */
    interface Reader {

        /** @throws IllegalArgumentException in a sentence, for a parameter that is wrong; answered with 400 */
        void answer(Query query) throws IOException;
    }

    void handle(HttpExchange exchange, Reader reader) throws IOException {
        if (Answer.refusedMethod(exchange)) {
            return;
        }
        if (!exchange.getRequestURI().getPath().equals(path)) {
            Answer.missing(exchange);
            return;
        }
        try {
            reader.answer(new Query(exchange.getRequestURI(), parameters));
        } catch (IllegalArgumentException e) {
            Answer.problem(exchange, 400, String.valueOf(e.getMessage()));
        }
    }
}
