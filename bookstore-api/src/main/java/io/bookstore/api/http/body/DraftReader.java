package io.bookstore.api.http.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.api.http.problem.FieldErrors;
import io.bookstore.api.http.problem.Problem.FieldError;
import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.http.problem.ProblemType;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads drafts, strictly, out of the bodies that clients send: one draft, a merge patch or a list. */
@Singleton
public final class DraftReader {

    /** The most drafts in one list. */
    public static final int MAX_ITEMS = 1_000;

    // The longest book, every character of it escaped, has 65,000 bytes. A list has the limit of the server.
    private static final int MAX_BYTES = 64 * 1024;

    private final ObjectMapper json;
    private final Validator validator;

    DraftReader(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /**
     * The draft that the body is.
     *
     * @throws ConstraintViolationException if it breaks a rule
     * @throws JsonProcessingException if it is no draft
     */
    public <D> D one(byte[] body, Class<D> type) throws IOException {
        D draft = json.readValue(text(body, MAX_BYTES), type);
        if (draft == null) {
            throw new ProblemException(ProblemType.MALFORMED_BODY, "The body must be a JSON object");
        }
        return checked(draft);
    }

    /**
     * The draft with a JSON merge patch applied (RFC 7396).
     *
     * @throws ConstraintViolationException if the result breaks a rule
     * @throws JsonProcessingException if the result is no draft
     */
    public <D> D patched(D draft, Class<D> type, byte[] patch) throws IOException {
        JsonNode changes = json.readTree(text(patch, MAX_BYTES));
        if (!changes.isObject()) {
            throw new ProblemException(ProblemType.MALFORMED_BODY, "A merge patch is a JSON object");
        }
        ObjectNode merged = json.valueToTree(draft);
        merge(merged, (ObjectNode) changes);
        return checked(json.treeToValue(merged, type));
    }

    /** The drafts that a JSON array holds, and what is wrong with the others. */
    public <D> DraftList<D> list(byte[] body, Class<D> type) throws IOException {
        JsonNode array = json.readTree(text(body, Integer.MAX_VALUE));
        if (!array.isArray() || array.isEmpty()) {
            throw new ProblemException(ProblemType.MALFORMED_BODY, "The body must be a JSON array that is not empty");
        }
        if (array.size() > MAX_ITEMS) {
            throw new ProblemException(
                    ProblemType.BODY_TOO_LARGE, "At most " + MAX_ITEMS + " items at a time, was " + array.size());
        }
        List<D> good = new ArrayList<>();
        List<List<FieldError>> errors = new ArrayList<>();
        for (JsonNode element : array) {
            errors.add(readInto(good, element, type));
        }
        return new DraftList<>(good, errors);
    }

    /** Adds the draft if it is good; returns what is wrong with it if it is not. */
    private <D> List<FieldError> readInto(List<D> good, JsonNode element, Class<D> type) {
        try {
            if (!element.isObject()) {
                return List.of(new FieldError("", "must be a JSON object"));
            }
            good.add(checked(json.treeToValue(element, type)));
            return List.of();
        } catch (ConstraintViolationException e) {
            return FieldErrors.of(e);
        } catch (JsonProcessingException e) {
            return FieldErrors.of(e);
        }
    }

    /** Jackson reads an overlong slash as a slash, which a guard before this service would not have seen. */
    private static String text(byte[] body, int maxBytes) {
        if (body.length > maxBytes) {
            throw new ProblemException(
                    ProblemType.BODY_TOO_LARGE, "At most " + maxBytes + " bytes, and there were " + body.length);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemType.MALFORMED_BODY, "The body is not UTF-8", List.of(), null, e);
        }
    }

    private <D> D checked(D draft) {
        Set<ConstraintViolation<D>> violations = validator.validate(draft);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return draft;
    }

    /** Drafts are flat, so null removes, anything else replaces, and there is nothing to descend into. */
    private static void merge(ObjectNode target, ObjectNode changes) {
        changes.properties().forEach(change -> {
            if (change.getValue().isNull() && target.has(change.getKey())) {
                target.remove(change.getKey());
            } else {
                target.set(change.getKey(), change.getValue());
            }
        });
    }
}
