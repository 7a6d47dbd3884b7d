package io.bookstore.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

    @TempDir
    private Path folder;

    /** A server that answers 200 to everything. */
    static final class Server {

        private Server() {}

        public static void main(String[] args) throws IOException {
            int port = Integer.parseInt(args[0]);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        }
    }

    /** A program that says forty-nine lines and ends. */
    static final class Failing {

        private Failing() {}

        public static void main(String[] args) {
            for (int line = 1; line < 50; line++) {
                System.out.println("line " + line + " of " + args[0]);
            }
            System.exit(3);
        }
    }

    @Test
    void portThatIsTakenMeanwhileIsReplacedByAnother() throws Exception {
        List<Integer> ports = new ArrayList<>();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerProcess server = ServerProcess.start(
                    port -> {
                        ports.add(ports.isEmpty() ? taken.getLocalPort() : port);
                        return launch(Server.class, ports.get(ports.size() - 1));
                    },
                    folder.resolve("server.log"));
            try (server) {
                assertThat(ports).hasSize(2).doesNotHaveDuplicates();
                assertThat(server.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:" + ports.get(1) + "/"));
            }
        }
    }

    @Test
    void failedStartEndsWithTheLastLinesOfTheLog() {
        List<Integer> ports = new ArrayList<>();

        assertThatThrownBy(() -> ServerProcess.start(
                        port -> {
                            ports.add(port);
                            return launch(Failing.class, port);
                        },
                        folder.resolve("failing.log")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the process ended with exit code 3; the last 40 of 49 lines of ")
                .hasMessageContaining("failing.log:\nline 10 of ")
                .message()
                .endsWith("\nline 49 of " + ports.get(0))
                .doesNotContain("line 9 of ");
        assertThat(ports).hasSize(1);
    }

    private static ServerProcess.Launch launch(Class<?> program, int port) {
        return new ServerProcess.Launch(
                Command.java(32, "-cp", "target/test-classes", program.getName(), String.valueOf(port)),
                URI.create("http://127.0.0.1:" + port + "/"));
    }
}
