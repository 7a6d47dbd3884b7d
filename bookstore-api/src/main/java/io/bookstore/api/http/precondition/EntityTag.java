package io.bookstore.api.http.precondition;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;

/**
 * The {@code ETag} of a stored resource, which is its version (RFC 9110, section 8.8.3).
 *
 * @param version counts the writes of the resource
 */
public record EntityTag(long version) {

    /** The tag of a resource that has been stored. */
    public static EntityTag of(Versioned resource) {
        Long version = resource.version();
        if (version == null) {
            throw new IllegalStateException("Only a stored resource has a version");
        }
        return new EntityTag(version);
    }

    /** The response, with this as its {@code ETag}. */
    public <E> MutableHttpResponse<E> on(MutableHttpResponse<E> response) {
        return response.header(HttpHeaders.ETAG, toString());
    }

    /** The value of the header, quotes included. */
    @Override
    public String toString() {
        return "\"" + version + "\"";
    }
}
