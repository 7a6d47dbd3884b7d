package io.bookstore.perf.engine.embedded.options;

import java.time.Duration;

/** @param target virtual users, or iterations per time unit, at the end of the stage */
public record Stage(Duration duration, int target) {}
