package io.bookstore.k6.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.http.HttpSession.Exchange;
import io.bookstore.k6.http.RequestSpec.ResponseType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Cookie;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Everything that is known after a request and its redirects. */
public final class HttpAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern MAX_AGE =
            Pattern.compile(";\\s*max-age\\s*=\\s*(-?\\d{1,9})\\s*(?:;|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern EXPIRES = Pattern.compile(";\\s*expires\\s*=", Pattern.CASE_INSENSITIVE);

    private final RequestSpec spec;
    private final List<Hop> hops;
    private final Exchange last;
    private final @Nullable Request first;
    private final boolean tooManyRedirects;

    /** @param first null when nothing could be sent */
    HttpAnswer(RequestSpec spec, List<Hop> hops, Exchange last, @Nullable Request first, boolean tooManyRedirects) {
        this.spec = spec;
        this.hops = hops;
        this.last = last;
        this.first = first;
        this.tooManyRedirects = tooManyRedirects;
    }

    public RequestSpec spec() {
        return spec;
    }

    /** Returns each request on the wire, in order. */
    public List<Hop> hops() {
        return hops;
    }

    /** True if a redirect was not followed because of {@code maxRedirects}. */
    public boolean tooManyRedirects() {
        return tooManyRedirects;
    }

    /** The response that the script sees. */
    public ResponseView view() {
        Response response = last.response();
        Hop hop = hops.get(hops.size() - 1);
        String error = hop.error() == null ? "" : hop.error();
        int errorCode = hop.errorCode();
        Object body = null;
        if (response != null) {
            try {
                body = body(response, hop.status());
            } catch (IOException e) {
                error = "decompression failed: " + e.getMessage();
                errorCode = 1701;
            }
        }
        return new ResponseView(
                this,
                hop,
                response == null ? "" : response.code() + " " + response.message(),
                body,
                response == null ? new String[0] : headers(response),
                error,
                errorCode,
                last.remote());
    }

    private @Nullable Object body(Response response, int status) throws IOException {
        if (spec.responseType() == ResponseType.NONE || status == 204 || status == 304) {
            return null;
        }
        String coding = response.header("Content-Encoding");
        boolean coded = coding != null && last.error() == null && last.body().size() > 0;
        byte[] bytes =
                coded ? ContentCoding.decode(last.body(), coding) : last.body().readByteArray();
        return spec.responseType() == ResponseType.BINARY
                ? ByteBuffer.wrap(bytes)
                : new String(bytes, StandardCharsets.UTF_8);
    }

    private static String[] headers(Response response) {
        Map<String, String> joined = new LinkedHashMap<>();
        response.headers()
                .forEach(header -> joined.merge(
                        HeaderNames.canonical(header.getFirst()),
                        header.getSecond(),
                        (one, other) -> one + ", " + other));
        String[] flat = new String[joined.size() * 2];
        int i = 0;
        for (Map.Entry<String, String> header : joined.entrySet()) {
            flat[i++] = header.getKey();
            flat[i++] = header.getValue();
        }
        return flat;
    }

    String cookies() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        Response response = last.response();
        if (response != null) {
            HttpUrl url = response.request().url();
            for (String header : response.headers("Set-Cookie")) {
                Cookie cookie = Cookie.parse(url, header);
                if (cookie != null) {
                    ArrayNode same = all.withArray(cookie.name());
                    describe(cookie, header, same.addObject());
                }
            }
        }
        return all.toString();
    }

    private static void describe(Cookie cookie, String header, ObjectNode node) {
        node.put("name", cookie.name())
                .put("value", CookieStore.unquoted(cookie.value()))
                .put("domain", cookie.hostOnly() ? "" : cookie.domain())
                .put("path", cookie.path())
                .put("http_only", cookie.httpOnly())
                .put("secure", cookie.secure())
                .put("max_age", maxAge(header))
                // Go's zero time in milliseconds is what k6 shows for a cookie without a date.
                .put("expires", EXPIRES.matcher(header).find() ? cookie.expiresAt() : -62_135_596_800_000L);
    }

    /** Reads {@code Max-Age} as Go does: 0 when it is not said, -1 when the cookie is to go at once. */
    private static int maxAge(String header) {
        Matcher matcher = MAX_AGE.matcher(header);
        if (!matcher.find()) {
            return 0;
        }
        int seconds = Integer.parseInt(matcher.group(1));
        return seconds <= 0 ? -1 : seconds;
    }

    String request() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("method", spec.method()).put("url", spec.url());
        byte[] bytes = spec.body().bytes();
        request.put("body", bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8));
        ObjectNode headers = request.putObject("headers");
        Headers sent = first == null ? Headers.EMPTY : first.headers();
        sent.forEach(header -> {
            if (!header.getFirst().equals("Accept-Encoding") || spec.headers().containsKey("Accept-Encoding")) {
                headers.withArray(HeaderNames.canonical(header.getFirst())).add(header.getSecond());
            }
        });
        request.putObject("cookies");
        try {
            return JSON.writeValueAsString(request);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
