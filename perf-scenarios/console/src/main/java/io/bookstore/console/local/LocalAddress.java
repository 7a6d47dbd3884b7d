package io.bookstore.console.local;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** The rule for the address of another program: the console asks those of its own machine only, whoever names them. */
public final class LocalAddress {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private LocalAddress() {}

    /**
     * Checks the address that a person gave.
     *
     * @param program the program in two words, such as {@code a simulator}
     * @throws PerfException if it is no address of this machine
     */
    public static URI checked(String option, String program, String example, String address) {
        return of(address)
                .orElseThrow(() -> new PerfException(
                        ExitCode.USAGE,
                        option + " must be the address of " + program + " on this machine, such as " + example
                                + ", was \"" + address + "\"."));
    }

    /** The address that a run or a service has told; empty if it is none of this machine. */
    public static Optional<URI> of(String address) {
        try {
            URI uri = URI.create(address.replaceAll("/$", ""));
            boolean plain = "http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && LOOPBACK.contains(uri.getHost())
                    && uri.toString().equals("http://" + uri.getHost() + ":" + uri.getPort());
            return plain ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException notAUri) {
            return Optional.empty();
        }
    }
}
