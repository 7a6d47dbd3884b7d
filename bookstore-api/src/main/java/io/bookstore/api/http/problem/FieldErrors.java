package io.bookstore.api.http.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.bookstore.api.http.problem.Problem.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Names the fields that validation and parsing complain about, without the words of validator and parser. */
public final class FieldErrors {

    private FieldErrors() {}

    /** The broken rules, by field. */
    public static List<FieldError> of(ConstraintViolationException exception) {
        return exception.getConstraintViolations().stream()
                .map(violation -> new FieldError(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::rule))
                .toList();
    }

    /** The field at which reading stopped; empty if the text is not well-formed JSON. */
    public static List<FieldError> of(JacksonException exception) {
        if (!(exception instanceof JsonMappingException mapping)
                || mapping.getPath().isEmpty()) {
            return List.of();
        }
        String field = mapping.getPath().stream()
                .map(step -> step.getFieldName() != null ? step.getFieldName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining("."));
        boolean unknown = exception instanceof UnrecognizedPropertyException;
        return List.of(new FieldError(field, unknown ? "is not a known field" : "has a wrong type or value"));
    }

    /** All of them as one sentence. */
    static String sentence(List<FieldError> errors) {
        return errors.stream().map(error -> error.field() + " " + error.rule()).collect(Collectors.joining("; "));
    }

    /** The path without the Java method and argument it may start with, such as {@code create.draft.isbn}. */
    private static String field(ConstraintViolation<?> violation) {
        List<String> steps = List.of(violation.getPropertyPath().toString().split("\\.", -1));
        return steps.size() > 2 ? String.join(".", steps.subList(2, steps.size())) : steps.get(steps.size() - 1);
    }
}
