package io.bookstore.k6.options;

import java.time.Duration;

/** @param target virtual users, or iterations per time unit, at the end of the stage */
public record Stage(Duration duration, int target) {}
