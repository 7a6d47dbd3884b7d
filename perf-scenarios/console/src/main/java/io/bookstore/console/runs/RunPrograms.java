package io.bookstore.console.runs;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The programs that the run which is going on has told of.
 *
 * @param run       its id
 * @param service   the service that its load goes to; null before that, or if it is on another machine
 * @param simulator the simulator in the place of the provider of that service; null in the same way, or if there is none
 */
public record RunPrograms(
        String run, @Nullable URI service, @Nullable URI simulator) {}
