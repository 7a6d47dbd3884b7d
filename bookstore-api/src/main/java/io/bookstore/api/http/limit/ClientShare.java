package io.bookstore.api.http.limit;

import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.http.problem.ProblemType;
import io.github.bucket4j.ConsumptionProbe;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The requests that one client has left. A client is known by its key, or by its address if its key is not known.
 *
 * <p>The address is that of the connection: {@code X-Forwarded-For} may say anything.
 */
@Singleton
@Requires(property = "bookstore.client-limit.requests-per-minute", pattern = "[1-9][0-9]*")
public final class ClientShare {

    /** The request attribute with what the client has left. */
    static final String PROBE = "bookstore.client-limit";

    private final ClientLimits limits;

    ClientShare(ClientLimits limits) {
        this.limits = limits;
    }

    /** Takes the request from what its client has left; the answer if nothing is left. */
    public Optional<ProblemException> refusal(HttpRequest<?> request) {
        Optional<String> key = request.getUserPrincipal().map(Principal::getName);
        ConsumptionProbe probe = limits.take(key.orElseGet(() -> address(request)), key.isPresent());
        request.setAttribute(PROBE, probe);
        if (probe.isConsumed()) {
            return Optional.empty();
        }
        return Optional.of(new ProblemException(
                ProblemType.TOO_MANY_REQUESTS,
                "This client has asked more than its share",
                List.of(),
                Duration.ofNanos(probe.getNanosToWaitForRefill()),
                null));
    }

    /** Returns the address; of an IPv6 address its network, as a client may change the rest at will. */
    private static String address(HttpRequest<?> request) {
        InetAddress address = request.getRemoteAddress().getAddress();
        if (address instanceof Inet6Address) {
            return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8));
        }
        return address == null ? "" : address.getHostAddress();
    }
}
