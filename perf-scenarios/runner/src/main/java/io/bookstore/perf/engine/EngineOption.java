package io.bookstore.perf.engine;

/** An engine that may or may not work on this machine. */
public interface EngineOption {

    /** The name by which {@code K6_ENGINE} asks for it. */
    String name();

    /** Looks whether it would work here; quick, and downloads nothing. */
    Availability availability();

    /** The engine itself; what {@link #availability()} found missing may still fail here, with one sentence. */
    Engine engine();

    /**
     * @param available  true if the engine works here as things are
     * @param obtainable true if it would work when asked for, after a download
     * @param reason     a few words: what was found, or what is missing and how to get it
     */
    record Availability(boolean available, boolean obtainable, String reason) {

        public Availability(boolean available, String reason) {
            this(available, available, reason);
        }
    }
}
