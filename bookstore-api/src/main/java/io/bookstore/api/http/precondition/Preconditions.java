package io.bookstore.api.http.precondition;

import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.http.problem.ProblemType;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.data.exceptions.OptimisticLockException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** Checks the version that a client expects of a resource it reads or writes (RFC 9110, section 13). */
@Context
public final class Preconditions {

    private final boolean ifMatchRequired;

    Preconditions(@Property(name = "bookstore.api.require-if-match", defaultValue = "false") boolean ifMatchRequired) {
        this.ifMatchRequired = ifMatchRequired;
    }

    /**
     * Makes a write upon what is there, and again if another one comes between, unless the request names a version.
     *
     * @param stored finds the resource as it is now
     * @throws ProblemException if the client knows another version, or if it must say which one it knows and does not
     */
    public <E extends Versioned, R> R write(HttpRequest<?> request, Supplier<E> stored, Write<E, R> write)
            throws IOException {
        while (true) {
            E current = stored.get();
            checkWrite(request, EntityTag.of(current));
            try {
                return write.upon(current);
            } catch (OptimisticLockException changedMeanwhile) {
                // Somebody else's write came first. Upon what it left, this one is made again, or If-Match refuses it.
            }
        }
    }

    /** The answer to a read: the resource with its tag, or 304 for a client that has it already. */
    public <E extends Versioned> HttpResponse<E> answerRead(HttpRequest<?> request, E resource) {
        EntityTag current = EntityTag.of(resource);
        List<String> ifNoneMatch = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH);
        MutableHttpResponse<E> response = !ifNoneMatch.isEmpty()
                        && EntityTagList.of(HttpHeaders.IF_NONE_MATCH, ifNoneMatch)
                                .looselyMatches(current)
                ? HttpResponse.notModified()
                : HttpResponse.ok(resource);
        return current.on(response);
    }

    private void checkWrite(HttpRequest<?> request, EntityTag current) {
        List<String> ifMatch = request.getHeaders().getAll(HttpHeaders.IF_MATCH);
        if (!ifMatch.isEmpty()) {
            if (!EntityTagList.of(HttpHeaders.IF_MATCH, ifMatch).strictlyMatches(current)) {
                throw failed("The resource is at version " + current + ", not " + String.join(",", ifMatch));
            }
        } else if (ifMatchRequired) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_REQUIRED, "If-Match must name the version you know, or * for any");
        }
        List<String> ifNoneMatch = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH);
        if (!ifNoneMatch.isEmpty()
                && EntityTagList.of(HttpHeaders.IF_NONE_MATCH, ifNoneMatch).looselyMatches(current)) {
            throw failed("The resource is at version " + current + ", and it must not be");
        }
    }

    private static ProblemException failed(String detail) {
        return new ProblemException(ProblemType.PRECONDITION_FAILED, detail);
    }

    /** A write of a resource, upon what it is. */
    public interface Write<E, R> {
        R upon(E current) throws IOException;
    }
}
