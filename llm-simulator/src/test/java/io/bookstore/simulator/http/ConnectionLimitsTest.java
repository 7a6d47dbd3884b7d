package io.bookstore.simulator.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.admin.AdminApi;
import io.bookstore.simulator.journal.Journal;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.simulation.Simulation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The most that a client may ask of one connection, with limits short enough to be met here. */
class ConnectionLimitsTest {

    private static final ConnectionLimits LIMITS = new ConnectionLimits(1 << 20, 1 << 22, Duration.ofMillis(50), 16, 3);
    private static final String HEALTH = "GET /health HTTP/1.1\r\nhost: simulator\r\n\r\n";
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_HEADERS = 0x4;

    private final Simulation simulation = new Simulation(
            Behaviour.defaults().withProfile(Profiles.named("fixed")), new Journal(100), Clock.systemUTC());
    private final HttpServer server = HttpServer.start("127.0.0.1", 0, LIMITS, simulation);
    private final RawHttp http =
            new RawHttp(URI.create("http://127.0.0.1:" + server.address().getPort()));

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /hea",
                "GET /health HTTP/1.1\r\n",
                "GET /health HTTP/1.1\r\nhost: simu",
                "POST /v1/messages HTTP/1.1\r\nhost: simulator\r\ncontent-length: 100\r\n\r\n{",
                "POST /v1/messages HTTP/1.1\r\nhost: simulator\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"
            })
    void requestThatDoesNotArriveInTimeGets408AndItsConnectionIsClosed(String part) throws Exception {
        assertThat(http.exchange(part.getBytes(UTF_8)))
                .startsWith("HTTP/1.1 408 ")
                .contains("The request did not arrive within 0 seconds of its first byte");
    }

    @Test
    void requestBegunBehindACompleteOneHasTheSameLimit() throws Exception {
        assertThat(http.exchange((HEALTH + "GET /hea").getBytes(UTF_8)))
                .startsWith("HTTP/1.1 200 ")
                .contains("HTTP/1.1 408 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "PRI * HTTP/2.0\r\n"})
    void connectionWhoseProtocolStaysUnknownIsClosed(String part) throws Exception {
        assertThat(http.exchange(part.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void connectionWithoutARequestUnderWayStaysOpen() throws Exception {
        try (Socket idle = http.open()) {
            idle.getOutputStream().write((HEALTH + "\r\n").getBytes(UTF_8));
            assertThat(head(idle)).startsWith("HTTP/1.1 200 ");

            // It begins later than the idle time of the other, and takes the limit.
            http.exchange("GET /hea".getBytes(UTF_8));

            idle.getOutputStream().write(HEALTH.getBytes(UTF_8));
            assertThat(head(idle)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void answerMayTakeLongerThanTheRequest() throws Exception {
        String answer = http.post(
                "/v1/chat/completions", "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}");

        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void connectionWithSixteenRequestsWaitingIsNotReadUntilFewerWait() {
        EmbeddedChannel connection = connection();
        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, false);

        connection.writeInbound(bytes(HEALTH + chat() + HEALTH.repeat(15)));
        assertThat(connection.config().isAutoRead()).isFalse();

        // The first is answered and the second takes its time: fifteen wait.
        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        connection.runPendingTasks();
        assertThat(connection.config().isAutoRead()).isTrue();

        connection.writeInbound(bytes(HEALTH));
        assertThat(connection.config().isAutoRead()).isFalse();
    }

    @Test
    void connectionStaysUnreadWhileMoreThanSixteenRequestsWait() {
        EmbeddedChannel connection = connection();
        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        connection.writeInbound(bytes(HEALTH + chat() + HEALTH.repeat(40)));

        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        connection.runPendingTasks();

        assertThat(connection.config().isAutoRead()).isFalse();
    }

    @Test
    void thousandsOfRequestsInOneBufferAreAllAnswered() {
        EmbeddedChannel connection = connection();
        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        connection.writeInbound(bytes(HEALTH.repeat(5_000)));

        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        connection.runPendingTasks();

        StringBuilder answers = new StringBuilder();
        for (ByteBuf part = connection.readOutbound(); part != null; part = connection.readOutbound()) {
            answers.append(part.toString(UTF_8));
            part.release();
        }
        assertThat(answers.toString().split("HTTP/1.1 200 ", -1)).hasSize(5_001);
    }

    @Test
    void http2StreamWhoseRequestDoesNotArriveInTimeIsAnsweredAndEnded() throws Exception {
        try (Http2 connection = new Http2(http.open())) {
            connection.open(1);

            assertThat(connection.next(HEADERS).stream()).isEqualTo(1);
            assertThat(connection.next(RST_STREAM).stream()).isEqualTo(1);
        }
    }

    @Test
    void http2StreamBeyondTheLimitIsRefusedWhateverItsClientAcknowledged() throws Exception {
        try (Http2 connection = new Http2(http.open())) {
            assertThat(connection.next(SETTINGS).payload()).contains(0, 3, 0, 0, 0, 3);

            for (int stream : new int[] {1, 3, 5, 7}) {
                connection.open(stream);
            }

            Frame reset = connection.next(RST_STREAM);
            assertThat(reset.stream()).isEqualTo(7);
            assertThat(reset.payload()).as("REFUSED_STREAM").containsExactly(0, 0, 0, 7);
        }
    }

    private EmbeddedChannel connection() {
        Router router = new Router(simulation);
        AdminApi admin = new AdminApi(simulation);
        return new EmbeddedChannel(
                new HttpVersions(LIMITS, HttpServer.answering(router, admin, new BodyLimits(router, LIMITS), LIMITS)));
    }

    /** A request whose answer takes two hundred milliseconds and more. */
    private static String chat() {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";
        return "POST /v1/chat/completions HTTP/1.1\r\nhost: simulator\r\nauthorization: Bearer any\r\ncontent-length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, UTF_8);
    }

    /** Reads one answer with a length, and returns its head. */
    private static String head(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        int length = 0;
        for (String line = RawHttp.line(in); !line.isEmpty(); line = RawHttp.line(in)) {
            head.append(line).append('\n');
            if (line.startsWith("content-length: ")) {
                length = Integer.parseInt(line.substring("content-length: ".length()));
            }
        }
        in.readNBytes(length);
        return head.toString();
    }

    private record Frame(int type, int stream, List<Integer> payload) {}

    /** A client that opens streams and never ends their requests, nor acknowledges settings. */
    private static final class Http2 implements AutoCloseable {

        private final Socket socket;

        Http2(Socket socket) throws IOException {
            this.socket = socket;
            OutputStream out = socket.getOutputStream();
            out.write(PREFACE.getBytes(ISO_8859_1));
            out.write(frame(SETTINGS, 0, 0, new byte[0]));
        }

        void open(int stream) throws IOException {
            ByteArrayOutputStream fields = new ByteArrayOutputStream();
            fields.write(0x83); // :method: POST, entry 3 of the static table (RFC 7541, appendix A)
            fields.write(0x86); // :scheme: http, entry 6
            addLiteral(fields, 4, "/v1/messages"); // :path
            addLiteral(fields, 1, "simulator"); // :authority
            socket.getOutputStream().write(frame(HEADERS, END_HEADERS, stream, fields.toByteArray()));
        }

        Frame next(int type) throws IOException {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int found = in.readUnsignedByte();
                in.readUnsignedByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(length);
                if (found == type) {
                    return new Frame(
                            found,
                            stream,
                            new String(payload, ISO_8859_1).chars().boxed().toList());
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        private static void addLiteral(ByteArrayOutputStream fields, int name, String value) throws IOException {
            fields.write(name);
            fields.write(value.length());
            fields.write(value.getBytes(ISO_8859_1));
        }

        private static byte[] frame(int type, int flags, int stream, byte[] payload) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(payload.length >> 16);
            out.writeShort(payload.length);
            out.writeByte(type);
            out.writeByte(flags);
            out.writeInt(stream);
            out.write(payload);
            return bytes.toByteArray();
        }
    }
}
