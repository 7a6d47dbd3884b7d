package io.bookstore.k6.http;

import io.bookstore.k6.http.HttpClients.OwnHeaders;
import io.bookstore.k6.script.UnsupportedCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Cookie;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Turns a {@link RequestSpec} into OkHttp's request with k6's headers and no others. */
final class RequestWriter {
    private RequestWriter() {}

    static Request write(RequestSpec spec, String method, HttpUrl url, RequestSpec.Body body, String userAgent) {
        Map<String, String> headers = spec.headers();
        OwnHeaders own = new OwnHeaders(
                headers.containsKey("User-Agent") || !userAgent.isEmpty(),
                headers.containsKey("Accept-Encoding"),
                headers.containsKey("Connection"));
        Request.Builder builder =
                new Request.Builder().url(url).tag(OwnHeaders.class, own).tag(PhaseTimer.class, new PhaseTimer());
        try {
            if (!userAgent.isEmpty()) {
                builder.header("User-Agent", userAgent);
            }
            // Keeps OkHttp from unpacking by itself; the interceptor takes it out again.
            builder.header("Accept-Encoding", "identity");
            headers.forEach(builder::header);
            if (body.contentType() != null && !headers.containsKey("Content-Type")) {
                builder.header("Content-Type", body.contentType());
            }
            if (!url.username().isEmpty() && !headers.containsKey("Authorization")) {
                builder.header("Authorization", Credentials.basic(url.username(), url.password()));
            }
            String cookies = cookies(spec, url, headers.get("Cookie"));
            if (!cookies.isEmpty()) {
                builder.header("Cookie", cookies);
            }
            return builder.method(method, body(method, body.bytes())).build();
        } catch (IllegalArgumentException e) {
            // OkHttp adds the value of a header that it does not allow, which may be a secret.
            String reason = String.valueOf(e.getMessage()).replaceFirst("(?s) value: .*", " value");
            throw new UnsupportedCall("a request with " + reason, "run this script with k6 itself");
        }
    }

    private static @Nullable RequestBody body(String method, byte @Nullable [] bytes) {
        boolean needed = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
        if (bytes == null && !needed) {
            return null;
        }
        return new OneShotBody(bytes == null ? new byte[0] : bytes);
    }

    private static String cookies(RequestSpec spec, HttpUrl url, @Nullable String header) {
        List<Cookie> stored = spec.cookies().jar().matching(url);
        if (stored.isEmpty()
                && spec.cookies().added().isEmpty()
                && spec.cookies().replaced().isEmpty()) {
            return header == null ? "" : header;
        }
        List<String> parts = new ArrayList<>();
        if (header != null) {
            parts.add(header);
        }
        spec.cookies().added().forEach((name, value) -> parts.add(name + "=" + value));
        spec.cookies().replaced().forEach((name, value) -> parts.add(name + "=" + value));
        for (Cookie cookie : stored) {
            if (!spec.cookies().replaced().containsKey(cookie.name())) {
                parts.add(cookie.name() + "=" + cookie.value());
            }
        }
        return String.join("; ", parts);
    }

    /** A body that is sent once: OkHttp must not send it again behind our back, or our counts and the server's would differ. */
    private static final class OneShotBody extends RequestBody {
        private final byte[] bytes;

        OneShotBody(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }
}
