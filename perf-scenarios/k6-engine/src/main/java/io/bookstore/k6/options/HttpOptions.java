package io.bookstore.k6.options;

import java.util.List;
import java.util.Map;

/**
 * The options of every request of a run.
 *
 * @param userAgent    empty: the header is left out
 * @param batch        requests that one {@code http.batch} keeps open at a time
 * @param batchPerHost the same for one host
 * @param hosts        {@code name[:port]} to {@code ip[:port]}; a name may start with {@code *.}
 */
public record HttpOptions(
        String userAgent,
        int maxRedirects,
        int batch,
        int batchPerHost,
        ConnectionReuse reuse,
        ErrorHandling errors,
        Map<String, String> hosts,
        List<String> blockedHostnames) {

    public HttpOptions {
        hosts = Map.copyOf(hosts);
        blockedHostnames = List.copyOf(blockedHostnames);
    }

    /** The lifetime of connections and cookies beyond the request that brought them. */
    public record ConnectionReuse(boolean none, boolean withinIterationOnly, boolean keepCookies) {}

    /** The treatment of answers and failures before the script sees them. */
    public record ErrorHandling(boolean throwOnFailure, boolean discardBodies, boolean skipTlsVerify) {}
}
