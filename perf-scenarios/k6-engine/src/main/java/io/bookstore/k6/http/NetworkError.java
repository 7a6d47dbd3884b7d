package io.bookstore.k6.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** k6's number and short text for a request that got no complete answer. */
record NetworkError(int code, String text) {

    // Real chains are shorter by far.
    private static final int MAX_CAUSES = 20;

    static final NetworkError TIMEOUT = new NetworkError(1050, "request timeout");

    static NetworkError of(IOException problem) {
        String message = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
        if (problem instanceof InterruptedIOException) {
            return TIMEOUT;
        }
        if (problem instanceof UnknownHostException) {
            return new NetworkError(1101, "lookup: no such host");
        }
        if (problem instanceof NoRouteToHostException) {
            return new NetworkError(1210, "dial: no route to host");
        }
        if (problem instanceof ConnectException) {
            return message.contains("refused") || message.contains("failed to connect")
                    ? new NetworkError(1212, "dial: connection refused")
                    : new NetworkError(1210, "dial: " + message);
        }
        if (problem instanceof SSLException) {
            return tls(problem, message);
        }
        if (message.contains("broken pipe")) {
            return new NetworkError(1201, "write: broken pipe");
        }
        if (message.contains("reset")) {
            return new NetworkError(1220, "read: connection reset by peer");
        }
        if (problem instanceof EOFException || message.contains("unexpected end of stream")) {
            return new NetworkError(
                    1000, message.contains("\\n not found") || message.isEmpty() ? "unexpected EOF" : "EOF");
        }
        return problem instanceof SocketException ? new NetworkError(1200, message) : new NetworkError(1000, message);
    }

    private static NetworkError tls(IOException problem, String message) {
        if (problem instanceof SSLPeerUnverifiedException) {
            return new NetworkError(1311, "x509: certificate is not valid for this host name");
        }
        if (message.contains("plaintext connection") || message.contains("unsupported or unrecognized")) {
            return new NetworkError(1301, "tls: first record does not look like a TLS handshake");
        }
        return causes(problem).anyMatch(CertificateException.class::isInstance)
                ? new NetworkError(1310, "x509: certificate signed by unknown authority")
                : new NetworkError(1300, "tls: " + message);
    }

    /** The exception, its cause, the cause's cause and so on: causes may go in a circle, so that their number has a bound. */
    private static Stream<Throwable> causes(Throwable problem) {
        return Stream.iterate(problem, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }

    /** 1400 to 1599 for an answer that reports an error itself; 0 for every other status. */
    static int ofStatus(int status) {
        return status >= 400 && status < 600 ? 1000 + status : 0;
    }

    static int codeOf(@Nullable NetworkError error, int status) {
        return error == null ? ofStatus(status) : error.code();
    }
}
