package io.bookstore.console.service;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of a service. */
public enum ServiceStatus {
    UP,

    /** The service works, and a part of it does not. */
    DEGRADED,

    DOWN,

    /** The service answers, and tells no health that can be read. */
    UNKNOWN,

    /** The address gives no answer. */
    SILENT;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
