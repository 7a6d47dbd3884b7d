package io.bookstore.simulator.fit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP status behind a span, by its attributes or by what its error is called. */
final class SpanStatus {

    static final int OK = 200;

    /** No status, as of a time-out or a broken connection. */
    private static final int NONE = 0;

    private static final String STATUS = "http.response.status_code";
    private static final String ERROR = "error.type";

    // Parts of the names that libraries give to errors, in small letters alone; the first that fits counts.
    private static final Map<String, Integer> named = new LinkedHashMap<>();

    static {
        named.put("ratelimit", 429);
        named.put("toomanyrequests", 429);
        named.put("throttl", 429);
        named.put("resourceexhausted", 429);
        named.put("overloaded", 529);
        named.put("unavailable", 503);
        named.put("gatewaytimeout", 504);
        named.put("internalserver", 500);
        named.put("servererror", 500);
        named.put("authentication", 401);
        named.put("permissiondenied", 403);
        named.put("notfound", 404);
        named.put("badrequest", 400);
        named.put("invalidrequest", 400);
    }

    private SpanStatus() {}

    static boolean isCancelled(SpanAttributes attributes) {
        return "cancelled".equals(attributes.text("llm.outcome")) || "cancelled".equals(attributes.text(ERROR));
    }

    static int of(JsonNode span, SpanAttributes attributes) {
        String code = span.path("status").path("code").asText();
        String error = attributes.text(ERROR);
        boolean failed = code.equals("2") || code.equals("STATUS_CODE_ERROR") || error != null;
        if (!failed || isCancelled(attributes)) {
            return OK;
        }
        int told = attributes.whole(STATUS, "http.status_code");
        return told > 0 ? told : named(error == null ? exception(span) : error);
    }

    static int ofAttempt(SpanAttributes event) {
        int told = event.whole(STATUS);
        return told > 0 ? told : named(event.text(ERROR));
    }

    private static @Nullable String exception(JsonNode span) {
        for (JsonNode event : span.path("events")) {
            String type = SpanAttributes.of(event).text("exception.type");
            if (type != null) {
                return type;
            }
        }
        return null;
    }

    private static int named(@Nullable String error) {
        if (error == null) {
            return NONE;
        }
        if (error.matches("[1-5][0-9][0-9]")) {
            return Integer.parseInt(error);
        }
        String letters = error.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return named.entrySet().stream()
                .filter(each -> letters.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(NONE);
    }
}
