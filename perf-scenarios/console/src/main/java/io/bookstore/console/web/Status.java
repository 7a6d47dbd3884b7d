package io.bookstore.console.web;

import io.bookstore.console.traces.TraceRing;
import java.util.List;

/**
 * The state of the console.
 *
 * @param models models of the calls that are held, by name
 */
record Status(TraceRing.Fill ring, List<String> models) {

    static Status of(TraceRing ring) {
        return new Status(ring.fill(), ring.models());
    }
}
