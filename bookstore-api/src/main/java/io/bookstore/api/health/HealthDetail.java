package io.bookstore.api.health;

import java.util.Map;

/** The description of a part of the service in {@code /health}; it never makes the service DOWN. */
public interface HealthDetail {

    /** The key of the part, such as {@code llm}. */
    String part();

    /** Its status and properties, in the order they are shown; must answer at once. */
    Map<String, Object> describe();
}
