package io.bookstore.api.http.idempotency;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a creation, byte for byte.
 *
 * @param location null if it has none, as that to a list
 * @param entityTag null if it has none, as that to a list
 */
record StoredAnswer(
        int status, @Nullable String location, @Nullable String entityTag, byte[] json) {

    static StoredAnswer of(HttpResponse<?> response, byte[] json) {
        return new StoredAnswer(
                response.code(),
                response.getHeaders().get(HttpHeaders.LOCATION),
                response.getHeaders().get(HttpHeaders.ETAG),
                json);
    }

    static StoredAnswer of(Document document) {
        return new StoredAnswer(
                document.getInteger("status"),
                document.getString("location"),
                document.getString("entityTag"),
                document.get("json", Binary.class).getData());
    }

    Document toDocument() {
        return new Document("status", status)
                .append("location", location)
                .append("entityTag", entityTag)
                .append("json", new Binary(json));
    }

    MutableHttpResponse<byte[]> toResponse() {
        MutableHttpResponse<byte[]> response = HttpResponse.<byte[]>status(HttpStatus.valueOf(status))
                .body(json)
                .contentType(MediaType.APPLICATION_JSON_TYPE);
        if (location != null) {
            response.header(HttpHeaders.LOCATION, location);
        }
        return entityTag == null ? response : response.header(HttpHeaders.ETAG, entityTag);
    }
}
