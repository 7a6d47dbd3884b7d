package io.bookstore.api.http.problem;

import io.micronaut.http.HttpStatus;
import java.util.EnumSet;
import java.util.Set;

/** The kinds of error this service answers with: one stable URI, one title and one status each. */
public enum ProblemType {
    INVALID_REQUEST("invalid-request", "The request breaks a rule", HttpStatus.BAD_REQUEST),
    MALFORMED_BODY("malformed-body", "The body is not the JSON this route takes", HttpStatus.BAD_REQUEST),
    UNKNOWN_PROVIDER("unknown-provider", "No such LLM provider", HttpStatus.BAD_REQUEST),
    UNAUTHORIZED("unauthorized", "The service must know who asks", HttpStatus.UNAUTHORIZED),
    BUDGET_EXHAUSTED("budget-exhausted", "The budget for LLM calls is used up", HttpStatus.PAYMENT_REQUIRED),
    FORBIDDEN("forbidden", "This client may not do that", HttpStatus.FORBIDDEN),
    NOT_FOUND("not-found", "There is nothing at this address", HttpStatus.NOT_FOUND),
    METHOD_NOT_ALLOWED("method-not-allowed", "This route does not take that method", HttpStatus.METHOD_NOT_ALLOWED),
    NOT_ACCEPTABLE("not-acceptable", "None of the accepted media types is served here", HttpStatus.NOT_ACCEPTABLE),
    CONFLICT("conflict", "The resource changed meanwhile", HttpStatus.CONFLICT),
    REQUEST_IN_PROGRESS("request-in-progress", "The same request is under way", HttpStatus.CONFLICT),
    PRECONDITION_FAILED("precondition-failed", "The resource is not at that version", HttpStatus.PRECONDITION_FAILED),
    BODY_TOO_LARGE("body-too-large", "The body is too large", HttpStatus.REQUEST_ENTITY_TOO_LARGE),
    URI_TOO_LONG("uri-too-long", "The address is too long", HttpStatus.REQUEST_URI_TOO_LONG),
    HEADERS_TOO_LARGE("headers-too-large", "The headers are too large", HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    UNSUPPORTED_MEDIA_TYPE(
            "unsupported-media-type", "This route does not take that media type", HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    IDEMPOTENCY_KEY_REUSED(
            "idempotency-key-reused", "That key belongs to another request", HttpStatus.UNPROCESSABLE_ENTITY),
    PRECONDITION_REQUIRED(
            "precondition-required", "A write must name the version it is made upon", HttpStatus.PRECONDITION_REQUIRED),
    RATE_LIMITED("rate-limited", "The LLM provider limits the rate of calls", HttpStatus.TOO_MANY_REQUESTS),
    TOO_MANY_REQUESTS("too-many-requests", "The client asks too often", HttpStatus.TOO_MANY_REQUESTS),
    INTERNAL("internal", "The service failed", HttpStatus.INTERNAL_SERVER_ERROR),
    NOT_IMPLEMENTED("not-implemented", "The service does not know that coding", HttpStatus.NOT_IMPLEMENTED),
    PROVIDER_FAILED("provider-failed", "The LLM provider gave no usable answer", HttpStatus.BAD_GATEWAY),
    PROVIDER_UNAVAILABLE("provider-unavailable", "The LLM provider cannot be used now", HttpStatus.SERVICE_UNAVAILABLE),
    OVERLOADED("overloaded", "The service has too much to do", HttpStatus.SERVICE_UNAVAILABLE),
    DATABASE_UNAVAILABLE("database-unavailable", "The database does not answer", HttpStatus.SERVICE_UNAVAILABLE),
    DEADLINE_EXCEEDED("deadline-exceeded", "The answer did not come in time", HttpStatus.GATEWAY_TIMEOUT),
    HTTP_VERSION_NOT_SUPPORTED(
            "http-version-not-supported",
            "The service does not speak that version of HTTP",
            HttpStatus.HTTP_VERSION_NOT_SUPPORTED),
    /** Any other status the HTTP server itself chose; the document then says {@code about:blank} as RFC 9457 asks. */
    OTHER("", "", HttpStatus.INTERNAL_SERVER_ERROR);

    /** The kinds that say more than their status does; a status alone never means them. */
    private static final Set<ProblemType> SPECIFIC = EnumSet.of(
            MALFORMED_BODY,
            UNKNOWN_PROVIDER,
            REQUEST_IN_PROGRESS,
            IDEMPOTENCY_KEY_REUSED,
            RATE_LIMITED,
            TOO_MANY_REQUESTS,
            PROVIDER_FAILED,
            PROVIDER_UNAVAILABLE,
            OVERLOADED,
            DATABASE_UNAVAILABLE,
            DEADLINE_EXCEEDED,
            OTHER);

    private static final String PREFIX = "urn:bookstore:problem:";

    private final String slug;
    private final String title;
    private final HttpStatus status;

    ProblemType(String slug, String title, HttpStatus status) {
        this.slug = slug;
        this.title = title;
        this.status = status;
    }

    /** Returns the kind that a status alone stands for; {@link #OTHER} if there is none. */
    static ProblemType of(HttpStatus status) {
        for (ProblemType type : values()) {
            if (type.status == status && !SPECIFIC.contains(type)) {
                return type;
            }
        }
        return OTHER;
    }

    /** The {@code type} member: a URI that never changes. */
    public String uri() {
        return this == OTHER ? "about:blank" : PREFIX + slug;
    }

    /** The {@code title} member. */
    public String title() {
        return title;
    }

    /** The status of the answer. */
    public HttpStatus status() {
        return status;
    }
}
