package io.bookstore.api.limit;

import io.bookstore.api.problem.ProblemException;
import io.bookstore.api.problem.ProblemType;
import io.github.bucket4j.ConsumptionProbe;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Refuses what a client asks beyond its limit. The client is its key, or its address if it has none.
 *
 * <p>The address is that of the connection: {@code X-Forwarded-For} may say anything. Health and metrics are not counted.
 */
@Requires(property = "bookstore.client-limit.requests-per-minute", pattern = "[1-9][0-9]*")
@ServerFilter("/api/**")
final class ClientLimitFilter implements Ordered {

    /** The request attribute with what the client has left. */
    static final String PROBE = "bookstore.client-limit";

    private final ClientLimits limits;

    ClientLimitFilter(ClientLimits limits) {
        this.limits = limits;
    }

    /** When it is known who asks. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }

    @RequestFilter
    void take(HttpRequest<?> request) {
        Optional<String> key = request.getUserPrincipal().map(Principal::getName);
        ConsumptionProbe probe = limits.take(key.orElseGet(() -> address(request)), key.isPresent());
        request.setAttribute(PROBE, probe);
        if (!probe.isConsumed()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "This client has asked more than its share",
                    List.of(),
                    Duration.ofNanos(probe.getNanosToWaitForRefill()),
                    null);
        }
    }

    /** Of an IPv6 address the network alone: a client has the rest of it for itself, and may change it at will. */
    private static String address(HttpRequest<?> request) {
        InetAddress address = request.getRemoteAddress().getAddress();
        if (address instanceof Inet6Address) {
            return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8));
        }
        return address == null ? "" : address.getHostAddress();
    }
}
