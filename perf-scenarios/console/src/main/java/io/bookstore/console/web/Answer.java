package io.bookstore.console.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

/** Writes answers. Unknown figures are absent from JSON. */
final class Answer {

    private static final ObjectMapper json =
            new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    private Answer() {}

    static byte[] json(Object value) throws IOException {
        return json.writeValueAsBytes(value);
    }

    /** Writes JSON as it is made: that of a trace may be many times as long as its spans. */
    static void json(HttpExchange exchange, Object value) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        json.writeValue(exchange.getResponseBody(), value);
    }

    /** A problem document as RFC 9457 has it. */
    static void problem(HttpExchange exchange, int status, String detail) throws IOException {
        bytes(exchange, status, "application/problem+json", json(Map.of("status", status, "detail", detail)));
    }

    static void bytes(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Answers a request that does not read; returns whether it has. */
    static boolean refusedMethod(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            return false;
        }
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        problem(exchange, 405, "This address is read by GET, not by " + method + ".");
        return true;
    }
}
