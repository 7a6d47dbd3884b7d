package io.bookstore.perf.gate;

import java.nio.file.Path;

/**
 * A run of a gate.
 *
 * @param pair   from 1
 * @param number among the runs of its side, from 1
 */
public record GateRun(int pair, Side side, int number) {

    Path in(Path session) {
        return session.resolve(side.label()).resolve(String.valueOf(number));
    }
}
