package io.bookstore.k6.http;

import io.bookstore.k6.http.RequestSpec.Body;
import io.bookstore.k6.http.RequestSpec.Cookies;
import io.bookstore.k6.http.RequestSpec.Redirects;
import io.bookstore.k6.http.RequestSpec.ResponseType;
import io.bookstore.k6.options.DurationText;
import io.bookstore.k6.options.HttpOptions;
import io.bookstore.k6.script.GuestValues;
import io.bookstore.k6.script.UnsupportedCall;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Reads what a script passes to the functions of {@code k6/http}. */
public final class RequestReader {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final Consumer<String> warn;
    private final HttpOptions options;
    private final CookieStore jar;
    private StatusRule rule = StatusRule.DEFAULT;

    /** @param warn told of what is sent otherwise than the script may think */
    public RequestReader(HttpOptions options, CookieStore jar, Consumer<String> warn) {
        this.warn = warn;
        this.options = options;
        this.jar = jar;
    }

    /** {@code http.setResponseCallback}: holds for this virtual user from now on. */
    public void setRule(Value callback) {
        rule = rule(callback);
    }

    /** @throws InvalidRequest when a parameter has a value that k6 would not send either */
    public RequestSpec read(String method, String url, @Nullable String name, Value body, Value params) {
        boolean none = params.isNull() || !params.hasMembers();
        Map<String, String> headers = none ? Map.of() : headers(params);
        Map<String, String> tags = none ? Map.of() : GuestValues.tags(params.getMember("tags"));
        Body content = FormBody.read(body, warn);
        if (content.bytes() != null && (method.equals("GET") || method.equals("HEAD"))) {
            throw new UnsupportedCall("a body on " + method, "use another method, or run this script with k6 itself");
        }
        if (!none && has(params, "compression") && content.bytes() != null) {
            String codings = text(params.getMember("compression"));
            content = new Body(ContentCoding.encode(content.bytes(), codings), content.contentType());
            headers.putIfAbsent("Content-Encoding", codings);
        }
        if (!none && has(params, "auth")) {
            checkAuth(text(params.getMember("auth")));
        }
        return new RequestSpec(
                method,
                url,
                tags.getOrDefault("name", name),
                content,
                headers,
                none ? new Cookies(jar, Map.of(), Map.of()) : cookies(params),
                tags,
                none || !has(params, "redirects")
                        ? new Redirects(options.maxRedirects(), false)
                        : new Redirects(wholeNumber("redirects", params.getMember("redirects")), true),
                none || !has(params, "timeout") ? DEFAULT_TIMEOUT : timeout(params.getMember("timeout")),
                none || !has(params, "responseType") ? defaultType() : type(text(params.getMember("responseType"))),
                none || !params.hasMember("responseCallback") || isUndefined(params.getMember("responseCallback"))
                        ? rule
                        : rule(params.getMember("responseCallback")));
    }

    private ResponseType defaultType() {
        return options.errors().discardBodies() ? ResponseType.NONE : ResponseType.TEXT;
    }

    private static boolean has(Value params, String key) {
        Value value = params.getMember(key);
        return value != null && !value.isNull();
    }

    private static boolean isUndefined(Value value) {
        return value.isNull() && value.toString().equals("undefined");
    }

    private static Map<String, String> headers(Value params) {
        Map<String, String> headers = new LinkedHashMap<>();
        Value given = params.getMember("headers");
        if (given != null && given.hasMembers()) {
            for (String key : given.getMemberKeys()) {
                headers.put(HeaderNames.canonical(key), text(given.getMember(key)));
            }
        }
        return headers;
    }

    private Cookies cookies(Value params) {
        Value chosen = params.getMember("jar");
        CookieStore store = jar;
        if (chosen != null && chosen.hasMember("__jar")) {
            store = chosen.getMember("__jar").asHostObject();
        }
        Map<String, String> added = new LinkedHashMap<>();
        Map<String, String> replaced = new LinkedHashMap<>();
        Value given = params.getMember("cookies");
        if (given != null && given.hasMembers()) {
            for (String key : given.getMemberKeys()) {
                Value cookie = given.getMember(key);
                boolean replace = cookie.hasMembers()
                        && has(cookie, "replace")
                        && cookie.getMember("replace").asBoolean();
                String value = cookie.hasMembers() ? text(cookie.getMember("value")) : text(cookie);
                (replace ? replaced : added).put(key, value);
            }
        }
        return new Cookies(store, added, replaced);
    }

    private static void checkAuth(String auth) {
        if (auth.equals("digest") || auth.equals("ntlm")) {
            throw new UnsupportedCall("auth '" + auth + "'", "use basic, or run this script with k6 itself");
        }
        if (!auth.equals("basic")) {
            throw new InvalidRequest(1000, "auth must be basic, digest or ntlm, was '" + auth + "'");
        }
    }

    private static Duration timeout(Value value) {
        Duration timeout = value.isNumber()
                ? DurationText.ofMillis(value.asDouble())
                : DurationText.parse(text(value))
                        .orElseThrow(() -> new InvalidRequest(1000, "invalid timeout '" + text(value) + "'"));
        if (timeout.isNegative() || timeout.isZero()) {
            throw new InvalidRequest(1000, "timeout must be longer than 0, was '" + text(value) + "'");
        }
        return timeout;
    }

    private static ResponseType type(String text) {
        return switch (text) {
            case "text" -> ResponseType.TEXT;
            case "binary" -> ResponseType.BINARY;
            case "none" -> ResponseType.NONE;
            default -> throw new InvalidRequest(1000, "invalid responseType '" + text + "'");
        };
    }

    private static int wholeNumber(String name, Value value) {
        if (!value.fitsInInt() || value.asInt() < 0) {
            throw new InvalidRequest(1000, name + " must be a whole number from 0, was '" + value + "'");
        }
        return value.asInt();
    }

    private static StatusRule rule(Value callback) {
        if (callback.isNull()) {
            return StatusRule.OFF;
        }
        if (callback.isHostObject() && callback.asHostObject() instanceof StatusRule chosen) {
            return chosen;
        }
        throw new IllegalArgumentException("a response callback must come from http.expectedStatuses() or be null");
    }

    private static String text(Value value) {
        return GuestValues.text(value);
    }
}
