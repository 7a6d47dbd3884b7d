package io.bookstore.api.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections of one server that pipeline, as bytes: how many requests all of them together have begun. */
class PipelineBoundTest {

    private static final int CONNECTIONS = 100;
    private static final int PIPELINED = 40;

    private final Semaphore room = PipelineBound.newRoom();
    private final List<Connection> connections = new ArrayList<>();

    @AfterEach
    void close() {
        connections.forEach(Connection::close);
    }

    @Test
    void allConnectionsTogetherHave256RequestsAheadOfTheirTurn() {
        open(CONNECTIONS);

        connections.forEach(connection -> connection.send(PIPELINED));

        assertThat(begun()).isEqualTo(CONNECTIONS + 256);
        assertThat(connections).allMatch(connection -> connection.begun >= 1 && connection.begun <= 32);
    }

    @Test
    void connectionWithoutRoomIsServedOneRequestAfterTheOther() {
        open(CONNECTIONS);
        connections.forEach(connection -> connection.send(PIPELINED));
        Connection last = connections.get(CONNECTIONS - 1);
        assertThat(last.begun).isEqualTo(1);

        for (int i = 1; i < PIPELINED; i++) {
            last.answer();
            assertThat(last.begun).isEqualTo(i + 1);
        }
    }

    @Test
    void everyRequestIsServedAndTheRoomIsFreeAgain() {
        open(CONNECTIONS);
        connections.forEach(connection -> connection.send(PIPELINED));

        for (Connection connection : connections) {
            for (int i = 0; i < PIPELINED; i++) {
                connection.answer();
            }
        }

        assertThat(begun()).isEqualTo(CONNECTIONS * PIPELINED);
        assertThat(room.availablePermits()).isEqualTo(256);
    }

    @Test
    void connectionThatEndsGivesItsRoomBack() {
        open(8);
        connections.forEach(connection -> connection.send(PIPELINED));
        assertThat(room.availablePermits()).isEqualTo(256 - 8 * 31);

        connections.forEach(Connection::close);

        assertThat(room.availablePermits()).isEqualTo(256);
    }

    private void open(int number) {
        for (int i = 0; i < number; i++) {
            connections.add(new Connection(room));
        }
    }

    private int begun() {
        return connections.stream().mapToInt(connection -> connection.begun).sum();
    }

    /** A connection whose requests are answered when the test says so. */
    private static final class Connection {

        private final EmbeddedChannel channel;
        private int begun;

        Connection(Semaphore room) {
            PipelineBound bound = new PipelineBound(room);
            channel = new EmbeddedChannel(bound.bytes(), new HttpServerCodec(), bound);
        }

        void send(int requests) {
            String all = "GET /api/v1/Books HTTP/1.1\r\nHost: a\r\n\r\n".repeat(requests);
            channel.writeInbound(Unpooled.copiedBuffer(all, StandardCharsets.US_ASCII));
            count();
        }

        void answer() {
            channel.writeOutbound(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER));
            for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
                sent.release();
            }
            count();
        }

        private void count() {
            for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
                begun += part instanceof HttpRequest ? 1 : 0;
                ReferenceCountUtil.release(part);
            }
        }

        void close() {
            channel.finishAndReleaseAll();
        }
    }
}
