package io.bookstore.simulator.limit;

import java.util.Arrays;
import java.util.Locale;

/** The requests that share one set of buckets, always of one provider. */
public enum LimitScope {
    /** All of them. */
    PROVIDER,
    /** Those with the same API key. */
    KEY,
    /** Those with the same headers of organisation and project. */
    ORGANIZATION,
    /** Those to the same model. */
    MODEL;

    /** Lower case, as configuration has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The scope of that name.
     *
     * @param key named in the refusal
     * @throws IllegalArgumentException if there is none
     */
    public static LimitScope named(String key, String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        key + " must be provider, key, organization or model, was \"" + text + "\""));
    }

    /** The part of a bucket's name that tells the requests of this scope apart. */
    String partOf(Caller caller, String model) {
        return switch (this) {
            case PROVIDER -> "";
            case KEY -> caller.key();
            case ORGANIZATION -> caller.organization();
            case MODEL -> model;
        };
    }
}
