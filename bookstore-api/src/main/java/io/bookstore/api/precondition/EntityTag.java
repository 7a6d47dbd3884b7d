package io.bookstore.api.precondition;

import io.bookstore.api.problem.ProblemException;
import io.bookstore.api.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ETag} of a stored resource, which is its version (RFC 9110, section 8.8.3).
 *
 * @param version counts the writes of the resource
 */
public record EntityTag(long version) {

    /** The tag of a resource that has been stored. */
    public static EntityTag of(@Nullable Long version) {
        if (version == null) {
            throw new IllegalStateException("Only a stored resource has a version");
        }
        return new EntityTag(version);
    }

    /**
     * Checks the header {@code If-Match}.
     *
     * @param ifMatch null if the client sent none, which is no condition
     * @throws ProblemException if the client asks for another version than this
     */
    public void mustMatch(@Nullable String ifMatch) {
        if (ifMatch != null && !ifMatch.equals("*") && !ifMatch.equals(toString())) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED, "The resource is at version " + this + ", not " + ifMatch);
        }
    }

    /** The value of the header, quotes included. */
    @Override
    public String toString() {
        return "\"" + version + "\"";
    }
}
