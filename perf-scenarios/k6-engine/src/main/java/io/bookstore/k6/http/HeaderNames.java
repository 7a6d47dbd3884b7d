package io.bookstore.k6.http;

import java.util.concurrent.ConcurrentHashMap;

/** Go's canonical form of header names, in which k6 sends and shows them: {@code etag} becomes {@code Etag}. */
final class HeaderNames {
    private static final ConcurrentHashMap<String, String> KNOWN = new ConcurrentHashMap<>();
    private static final int KNOWN_LIMIT = 1_000;

    private HeaderNames() {}

    static String canonical(String name) {
        String known = KNOWN.get(name);
        if (known != null) {
            return known;
        }
        StringBuilder canonical = new StringBuilder(name.length());
        boolean upper = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            canonical.append(upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
            upper = c == '-';
        }
        if (KNOWN.size() < KNOWN_LIMIT) {
            KNOWN.put(name, canonical.toString());
        }
        return canonical.toString();
    }
}
