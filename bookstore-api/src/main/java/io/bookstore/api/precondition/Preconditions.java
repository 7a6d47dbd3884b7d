package io.bookstore.api.precondition;

import io.bookstore.api.problem.ProblemException;
import io.bookstore.api.problem.ProblemType;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;

/** What a client asks of the version of a resource before it reads or writes it (RFC 9110, section 13). */
@Context
public final class Preconditions {

    private final boolean ifMatchRequired;

    Preconditions(@Property(name = "bookstore.api.require-if-match", defaultValue = "false") boolean ifMatchRequired) {
        this.ifMatchRequired = ifMatchRequired;
    }

    /**
     * Checks that the resource may be written.
     *
     * @throws ProblemException if the client knows another version, or if it must say which one it knows and does not
     */
    public void checkWrite(HttpRequest<?> request, EntityTag current) {
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

    /** The answer to a read: the resource with its tag, or 304 for a client that has it already. */
    public <E> HttpResponse<E> answerRead(HttpRequest<?> request, E resource, EntityTag current) {
        List<String> ifNoneMatch = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH);
        MutableHttpResponse<E> response = !ifNoneMatch.isEmpty()
                        && EntityTagList.of(HttpHeaders.IF_NONE_MATCH, ifNoneMatch)
                                .looselyMatches(current)
                ? HttpResponse.notModified()
                : HttpResponse.ok(resource);
        return current.on(response);
    }

    private static ProblemException failed(String detail) {
        return new ProblemException(ProblemType.PRECONDITION_FAILED, detail);
    }
}
