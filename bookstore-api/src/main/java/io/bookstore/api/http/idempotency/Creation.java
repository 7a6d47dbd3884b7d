package io.bookstore.api.http.idempotency;

import io.micronaut.http.HttpResponse;
import java.util.List;

/** The part of a request that stores something. */
@FunctionalInterface
public interface Creation {

    /**
     * Stores new resources under the given ids. What a former attempt has stored under them is there to stay; then this
     * answers as if it had stored it.
     *
     * @see Insertion
     */
    HttpResponse<?> storeAs(List<String> ids);
}
