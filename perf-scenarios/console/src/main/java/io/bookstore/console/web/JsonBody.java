package io.bookstore.console.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The body of a request that changes something: JSON of a few members. */
final class JsonBody {

    static final int MOST_BYTES = 64 * 1024;

    private JsonBody() {}

    /** Reads it; null if it was refused. */
    static byte @Nullable [] read(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.split(";")[0].strip().equalsIgnoreCase("application/json")) {
            Answer.problem(exchange, 415, "A request is taken as application/json, not as " + type + ".");
            return null;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            Answer.problem(exchange, 413, "A request has at most " + MOST_BYTES + " bytes.");
            return null;
        }
        return body;
    }
}
