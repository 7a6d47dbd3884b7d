package io.bookstore.k6.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that OkHttp cannot parse. Go's rules are wider, so k6 sends a request to most of them, which fails and counts;
 * only what Go cannot parse either is an invalid request that counts as nothing.
 */
final class OddAddress {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY =
            Pattern.compile("//(?:[^/?#]*@)?([^/?#:]*)(?::(\\d*))?(?:[/?#].*)?", Pattern.DOTALL);
    private static final Pattern NO_URL = Pattern.compile("[\\x00-\\x1f\\x7f]|%(?![0-9A-Fa-f]{2})");

    private OddAddress() {}

    /** The way in which a request to the address fails; empty if it is no URL at all. */
    static Optional<NetworkError> failure(String text) {
        if (NO_URL.matcher(text).find()) {
            return Optional.empty();
        }
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.matches()) {
            // A colon in front of the first slash would have to be that of a scheme.
            int colon = text.indexOf(':');
            int slash = text.indexOf('/');
            boolean broken = colon >= 0 && (slash < 0 || colon < slash);
            return broken ? Optional.empty() : Optional.of(new NetworkError(1000, "unsupported protocol scheme \"\""));
        }
        String name = scheme.group(1).toLowerCase(Locale.ROOT);
        if (!name.equals("http") && !name.equals("https")) {
            return Optional.of(new NetworkError(1000, "unsupported protocol scheme \"" + name + "\""));
        }
        Matcher authority = AUTHORITY.matcher(scheme.group(2));
        if (!scheme.group(2).startsWith("//")
                || authority.matches() && authority.group(1).isEmpty()) {
            return Optional.of(new NetworkError(1000, "no Host in request URL"));
        }
        return authority.matches() && authority.group(1).matches("[A-Za-z0-9._-]+")
                ? Optional.of(new NetworkError(1101, "lookup: no such host"))
                : Optional.empty();
    }
}
