package io.bookstore.simulator.latency;

/**
 * A class of provider: how fast it answers and how much it says.
 *
 * @param name what {@code --profile} and {@code /health} call it
 */
public record Profile(String name, LatencyModel latency, OutputLength outputLength, Serving serving) {

    public Profile {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
    }

    /** A provider that serves everybody at once. */
    public Profile(String name, LatencyModel latency, OutputLength outputLength) {
        this(name, latency, outputLength, Serving.UNLIMITED);
    }
}
