package io.bookstore.api.book;

import static io.bookstore.api.RunningStore.json;

import io.bookstore.api.RunningStore;
import java.util.regex.Matcher;

/** A book that keeps every rule, and that book with one field that may not. */
final class Dubliners {

    static final String DUBLINERS = """
        {"title":"Dubliners","author":"James Joyce","isbn":"978-0-14-018647-5","price":9.95,"genre":"Short Stories",
         "description":"Fifteen stories of one city.","publishedDate":"1914-06-15T00:00:00Z","stockQuantity":7}\
        """;

    private Dubliners() {}

    /** Adds the book and returns its id. */
    static String create(RunningStore store) {
        return json(store.post("/api/v1/Books", DUBLINERS)).get("id").asText();
    }

    /** The book with one field replaced by a raw JSON value. */
    static String with(String field, String rawValue) {
        return DUBLINERS.replaceAll(
                "\"" + field + "\":(\"[^\"]*\"|[0-9.]+)", Matcher.quoteReplacement("\"" + field + "\":" + rawValue));
    }
}
