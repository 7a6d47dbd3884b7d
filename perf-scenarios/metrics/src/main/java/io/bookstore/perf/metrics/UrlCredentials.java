package io.bookstore.perf.metrics;

import java.util.regex.Pattern;

/** User and password in an address; they are sent, and appear nowhere else. */
public final class UrlCredentials {
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s'\"]*@");

    private UrlCredentials() {}

    /** Replaces user and password of every address in the text by stars, as k6 does in its tags. */
    public static String masked(String text) {
        return text.indexOf('@') < 0 ? text : USER_INFO.matcher(text).replaceAll("****:****@");
    }
}
