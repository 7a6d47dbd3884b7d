package io.bookstore.simulator.state;

import java.time.Instant;

/** A file that was uploaded, or that a batch has written. */
public record StoredFile(String id, String name, String purpose, String content, long bytes, Instant created)
        implements Kept {}
