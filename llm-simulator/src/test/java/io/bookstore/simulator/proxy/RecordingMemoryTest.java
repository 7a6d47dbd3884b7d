package io.bookstore.simulator.proxy;

import static io.bookstore.simulator.proxy.ProxyWire.readRequest;
import static io.bookstore.simulator.proxy.ProxyWire.readUntil;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers pass on whatever their size, and what is held of them until they are written has a limit. */
class RecordingMemoryTest {

    // A request of two bytes and an answer of five take 135 bytes, with the places of their parts.
    private static final int MOST_OF_ONE = 200;
    private static final int MOST_OF_ALL = 300;

    private final HeardExchanges listener = new HeardExchanges();
    private ServerSocket upstream;
    private ProxyServer proxy;

    @BeforeEach
    void start() throws IOException {
        upstream = ProxyWire.listen();
        proxy = ProxyServer.start(
                "127.0.0.1", 0, ProxyWire.url(upstream), null, listener, new RecordingMemory(MOST_OF_ONE, MOST_OF_ALL));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    @Test
    void longAnswerPassesOnAndIsNamed() throws Exception {
        String answer = answer("x".repeat(5_000) + "end");

        assertThat(answer).endsWith("x".repeat(5_000) + "end");
        assertThat(listener.tooLarge.take())
                .isEqualTo("The answer to POST /v1/messages passed on and is not recorded: with its request it has"
                        + " more than 200 bytes, the most that are held for one answer");
        assertThat(listener.exchanges).isEmpty();
    }

    @Test
    void answersThatWaitToBeWrittenCountUntilThen() throws Exception {
        answer("first");
        answer("other");
        assertThat(listener.exchanges).hasSize(2);

        assertThat(answer("third")).endsWith("third");

        assertThat(listener.tooLarge.take())
                .isEqualTo("The answer to POST /v1/messages passed on and is not recorded: the answers under way hold"
                        + " 300 bytes, which is all there is for them; send fewer at a time, or raise -Xmx");
        listener.waiting.forEach(Runnable::run);
        answer("after");
        assertThat(listener.exchanges).hasSize(3);
    }

    /** The listener hears of an answer before the client has its end. */
    private String answer(String body) throws IOException {
        try (Socket client = new Socket("127.0.0.1", proxy.address().getPort())) {
            client.setSoTimeout(120_000);
            client.getOutputStream()
                    .write("POST /v1/messages?key=secret HTTP/1.1\r\nhost: p\r\ncontent-length: 2\r\n\r\n{}"
                            .getBytes(StandardCharsets.US_ASCII));
            try (Socket provider = upstream.accept()) {
                readRequest(provider);
                provider.getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: " + body.length() + "\r\n\r\n"
                                        + body)
                                .getBytes(StandardCharsets.US_ASCII));
                return readUntil(client.getInputStream(), body.substring(body.length() - 3));
            }
        }
    }
}
