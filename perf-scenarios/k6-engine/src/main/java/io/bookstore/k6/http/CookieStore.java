package io.bookstore.k6.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Cookie;
import okhttp3.HttpUrl;

/** A cookie jar. Thread-safe, for the requests of a batch share it. */
public final class CookieStore {
    private final List<Cookie> cookies = new ArrayList<>();

    /** Takes in a {@code Set-Cookie} header; one that does not parse or belongs elsewhere is ignored. */
    synchronized void receive(HttpUrl url, String header) {
        Cookie cookie = Cookie.parse(url, header);
        if (cookie == null) {
            return;
        }
        cookies.removeIf(known -> known.name().equals(cookie.name())
                && known.domain().equals(cookie.domain())
                && known.path().equals(cookie.path()));
        if (cookie.expiresAt() > System.currentTimeMillis()) {
            cookies.add(cookie);
        }
    }

    synchronized List<Cookie> matching(HttpUrl url) {
        if (cookies.isEmpty()) {
            return List.of();
        }
        long now = System.currentTimeMillis();
        cookies.removeIf(cookie -> cookie.expiresAt() <= now);
        return cookies.stream().filter(cookie -> cookie.matches(url)).toList();
    }

    public synchronized void clear() {
        cookies.clear();
    }

    /** False when the url or the cookie is not valid. */
    public boolean set(String url, String setCookie) {
        HttpUrl target = HttpUrl.parse(url);
        if (target == null || Cookie.parse(target, setCookie) == null) {
            return false;
        }
        receive(target, setCookie);
        return true;
    }

    /** Values by name of the cookies a request to this url would carry. */
    public Map<String, List<String>> valuesFor(String url) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        HttpUrl target = HttpUrl.parse(url);
        if (target != null) {
            matching(target)
                    .forEach(cookie -> values.computeIfAbsent(cookie.name(), name -> new ArrayList<>())
                            .add(unquoted(cookie.value())));
        }
        return values;
    }

    /** The value that a script sees; quotes around it belong to the wire. */
    static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    public synchronized void remove(String url, String name) {
        HttpUrl target = HttpUrl.parse(url);
        cookies.removeIf(cookie -> target != null
                && cookie.matches(target)
                && (name.isEmpty() || cookie.name().equals(name)));
    }
}
