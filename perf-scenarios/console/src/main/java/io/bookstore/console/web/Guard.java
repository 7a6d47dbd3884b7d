package io.bookstore.console.web;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps other web pages out: a page of another origin that sends a request, or one whose name was bound to this machine, has another
 * {@code Origin} or {@code Host}. Sets the headers that keep foreign content out of our page.
 */
final class Guard extends Filter {

    private static final Logger logger = LoggerFactory.getLogger(Guard.class);

    private final Set<String> hosts;

    Guard(int port) {
        hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        setHeaders(exchange.getResponseHeaders());
        String host = exchange.getRequestHeaders().getFirst("Host");
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (host == null || !hosts.contains(host)) {
            refuse(exchange, "The console answers to its own address only, not to the host " + host + ".");
        } else if (origin != null && hosts.stream().noneMatch(own -> origin.equals("http://" + own))) {
            refuse(exchange, "The console answers to its own page only, not to one of " + origin + ".");
        } else {
            handle(exchange, chain);
        }
    }

    private static void handle(HttpExchange exchange, Chain chain) throws IOException {
        try {
            chain.doFilter(exchange);
        } catch (RuntimeException e) {
            logger.warn("{} failed", exchange.getRequestURI(), e);
            if (exchange.getResponseCode() == -1) {
                Answer.problem(exchange, 500, "This is a defect of the console; its terminal has more.");
            }
        } finally {
            exchange.close();
        }
    }

    private static void refuse(HttpExchange exchange, String sentence) throws IOException {
        try (exchange) {
            Answer.problem(exchange, 403, sentence);
        }
    }

    private static void setHeaders(Headers headers) {
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
    }

    @Override
    public String description() {
        return "own host and origin only";
    }
}
