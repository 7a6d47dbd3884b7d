package io.bookstore.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class ClosedPortTest {

    @Test
    void refusesConnectionsAndCannotBeTaken() {
        try (ClosedPort port = new ClosedPort()) {
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port.number()))
                    .isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> new ClosedPort(port.number()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("port " + port.number() + " cannot be bound");
        }
    }

    @Test
    void takesThePortOfAServerThatWasClosed() throws Exception {
        int number;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
            server.accept().close();
            number = server.getLocalPort();
        }

        try (ClosedPort port = new ClosedPort(number)) {
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port.number()))
                    .isInstanceOf(ConnectException.class);
        }
    }
}
