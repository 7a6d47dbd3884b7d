package io.bookstore.api.http.connection;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The address of a request line, made one of RFC 3986.
 *
 * <p>Browsers and curl send {@code |}, {@code ^}, {@code `}, <code>{</code>, <code>}</code>, {@code [} and others as they
 * are. None of them has a meaning of its own in a path or query, so that each stands for its percent-encoded form. A
 * backslash in a path is refused: for browsers and some proxies it is a slash.
 *
 * @param encoded the address, or {@code /} if it cannot be one
 * @param refusal the reason that it is refused; null if it is not
 */
record RawAddress(String encoded, @Nullable String refusal) {

    private static final String ENCODED = "\"<>^`{|}";
    private static final String ENCODED_AFTER_AUTHORITY = ENCODED + "[]";

    static RawAddress of(String sent) {
        if (isPlain(sent)) {
            return new RawAddress(sent, null);
        }
        int query = sent.indexOf('?') < 0 ? sent.length() : sent.indexOf('?');
        String path = sent.substring(0, query);
        String encoded = encode(path, sent.startsWith("/") ? ENCODED_AFTER_AUTHORITY : ENCODED)
                + encode(sent.substring(query), ENCODED_AFTER_AUTHORITY + "\\");
        if (path.indexOf('\\') >= 0) {
            return new RawAddress(encode(encoded, "\\"), "A backslash in the path must be percent-encoded, as %5C");
        }
        try {
            new URI(encoded);
            return new RawAddress(encoded, null);
        } catch (URISyntaxException e) {
            return new RawAddress("/", "The address is not one of RFC 3986; a percent sign must be sent as %25");
        }
    }

    /** Returns whether it has nothing but what nearly every address has, so that it need not be parsed. */
    private static boolean isPlain(String sent) {
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "/?&=-_.+,".indexOf(c) >= 0;
            if (!plain) {
                return false;
            }
        }
        return sent.startsWith("/") && !sent.startsWith("//");
    }

    private static String encode(String text, String characters) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (characters.indexOf(c) >= 0) {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }
}
