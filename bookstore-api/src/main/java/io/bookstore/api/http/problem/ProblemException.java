package io.bookstore.api.http.problem;

import io.bookstore.api.http.problem.Problem.FieldError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem document; the detail is shown to the client. */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), null, null);
    }

    public ProblemException(
            ProblemType type,
            String detail,
            List<FieldError> errors,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** A request parameter breaks a rule. */
    public static ProblemException invalidParameter(String name, String rule) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST, name + " " + rule, List.of(new FieldError(name, rule)), null, null);
    }

    /** There is no such resource. */
    public static ProblemException notFound(String kind, String id) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no " + kind + " with the id " + id);
    }

    /** The metric label {@code error_type}; null if the status says enough. */
    protected @Nullable String errorType() {
        return null;
    }

    ProblemType type() {
        return type;
    }

    List<FieldError> errors() {
        return errors;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
