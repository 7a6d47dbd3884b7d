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
        json(exchange, 200, value);
    }

    static void json(HttpExchange exchange, int status, Object value) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, 0);
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

    static void missing(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        problem(exchange, 404, "The API has no " + path + "; /api/openapi.json describes it.");
    }

    /** Answers a request that does not read; returns whether it has. */
    static boolean refusedMethod(HttpExchange exchange) throws IOException {
        if (reads(exchange)) {
            return false;
        }
        refuseMethod(exchange, "GET, HEAD", "This address is read by GET");
        return true;
    }

    static boolean reads(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("GET")
                || exchange.getRequestMethod().equals("HEAD");
    }

    /** @param use begin of the sentence that ends with the method which was refused */
    static void refuseMethod(HttpExchange exchange, String allowed, String use) throws IOException {
        exchange.getResponseHeaders().set("Allow", allowed);
        problem(exchange, 405, use + ", not by " + exchange.getRequestMethod() + ".");
    }
}
