package io.bookstore.k6.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class NetworkErrorTest {

    @Test
    void certificateIsFoundAmongTheCauses() {
        SSLHandshakeException problem = new SSLHandshakeException("handshake");
        problem.initCause(new IllegalStateException(new CertificateException("unknown")));

        assertThat(NetworkError.of(problem))
                .isEqualTo(new NetworkError(1310, "x509: certificate signed by unknown authority"));
    }

    @Test
    void causesInACircleEnd() {
        SSLHandshakeException problem = new SSLHandshakeException("handshake");
        problem.initCause(new IllegalStateException("second", problem));

        assertThat(NetworkError.of(problem)).isEqualTo(new NetworkError(1300, "tls: handshake"));
    }
}
