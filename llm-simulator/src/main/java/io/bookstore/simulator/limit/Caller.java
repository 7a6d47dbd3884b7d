package io.bookstore.simulator.limit;

import org.jspecify.annotations.Nullable;

/**
 * The sender of a request, by its headers. The key itself is nowhere in it.
 *
 * @param key          a short hash of the API key; empty if there is none
 * @param agent        a short hash of the user agent
 * @param organization the headers of organisation and project; blank if there are none
 */
public record Caller(String key, String agent, String organization) {

    /** The sender of a request that did not come over the network. */
    public static final Caller NONE = new Caller("", "", "");

    /** The key and the program that uses it; null without a key. */
    public @Nullable String client() {
        return key.isEmpty() ? null : key + "-" + agent;
    }
}
