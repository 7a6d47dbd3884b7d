package io.bookstore.perf.slo;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The dimensions by which a single request is good or bad. */
public enum Dimension {
    /** Time to first token, as the service tells it for the answer. */
    @JsonProperty("ttft")
    TTFT("time to first token"),
    /** From the intended start of the request to the last byte of its answer. */
    @JsonProperty("e2e")
    E2E("end to end"),
    /** US dollars for the answer. */
    @JsonProperty("cost")
    COST("cost"),
    /** Needs no limit: a request that failed, timed out or was dropped is bad. */
    @JsonProperty("error")
    ERROR("errors");

    private final String label;

    Dimension(String label) {
        this.label = label;
    }

    /** The name in a table. */
    public String label() {
        return label;
    }

    /** The name in a script, on the command line and in {@code summary.json}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
