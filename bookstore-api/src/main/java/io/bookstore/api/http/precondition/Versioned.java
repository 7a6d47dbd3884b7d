package io.bookstore.api.http.precondition;

import org.jspecify.annotations.Nullable;

/** A resource whose version counts its writes. */
public interface Versioned {

    /** The number of writes since it was stored; null before it is stored. */
    @Nullable
    Long version();
}
