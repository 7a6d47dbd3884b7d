package io.bookstore.k6.http;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the script wants it.
 *
 * @param url        as given
 * @param name       the name of the request in tags; null for its url
 * @param headers    by canonical name
 * @param cookies    of this request only
 * @param tags       the script's own
 * @param redirects  the number to follow
 */
public record RequestSpec(
        String method,
        String url,
        @Nullable String name,
        Body body,
        Map<String, String> headers,
        Cookies cookies,
        Map<String, String> tags,
        Redirects redirects,
        Duration timeout,
        ResponseType responseType,
        StatusRule rule) {

    /** @param bytes null: no body at all, not even an empty one */
    @SuppressWarnings("ArrayRecordComponent") // handed straight to OkHttp and never compared
    public record Body(byte @Nullable [] bytes, @Nullable String contentType) {
        public static final Body NONE = new Body(null, null);
    }

    /** @param jar gives and takes the cookies */
    public record Cookies(CookieStore jar, Map<String, String> added, Map<String, String> replaced) {}

    /** @param chosen true if the request itself set the limit; then reaching it is no surprise worth a warning */
    public record Redirects(int limit, boolean chosen) {}

    public enum ResponseType {
        TEXT,
        BINARY,
        NONE
    }
}
