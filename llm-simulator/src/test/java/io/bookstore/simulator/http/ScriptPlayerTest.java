package io.bookstore.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.simulation.JournalEntry;
import io.bookstore.simulator.simulation.Script;
import io.bookstore.simulator.simulation.ServerMetrics;
import io.bookstore.simulator.simulation.Step;
import io.bookstore.simulator.wire.Operation;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of a stream whose steps go wrong in the simulator itself. */
class ScriptPlayerTest {

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ServerMetrics metrics = new ServerMetrics();
    private final List<Attempt> journal = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void clientOfAStreamThatIsGivenUpDoesNotHang() throws Exception {
        String received = served(
                        new Step.Head(0, 200, "text/event-stream", Map.of()), new Step.Part(1_000_000, "half", true))
                .get("/");

        // No last chunk: whoever reads it sees that it broke off.
        assertThat(received).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n4\r\nhalf\r\n");
        assertThat(journal).singleElement().satisfies(attempt -> {
            assertThat(attempt.result().outcome()).isEqualTo(Outcome.CUT);
            assertThat(attempt.result().status()).isEqualTo(200);
        });
        assertThat(metrics.text()).contains("llm_simulator_requests_active 0\n");
    }

    /** A server that answers every request with these steps, and then with one that cannot be made. */
    private RawHttp served(Step... steps) throws Exception {
        Channel listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        RequestTimer timer = RequestTimer.telling(Duration.ofMinutes(2));
                        channel.pipeline()
                                .addLast(
                                        new Http1Codec(new HttpDecoderConfig(), timer),
                                        new ChannelInboundHandlerAdapter() {
                                            @Override
                                            public void channelRead(ChannelHandlerContext context, Object message) {
                                                ReferenceCountUtil.release(message);
                                                if (message instanceof HttpRequest) {
                                                    Script script = new Script(broken(steps), entry());
                                                    new ScriptPlayer(
                                                                    context,
                                                                    script,
                                                                    System.nanoTime(),
                                                                    true,
                                                                    Map.of(),
                                                                    () -> {})
                                                            .run();
                                                }
                                            }
                                        });
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        InetSocketAddress address = (InetSocketAddress) listening.localAddress();
        return new RawHttp(URI.create("http://127.0.0.1:" + address.getPort()));
    }

    private static Iterator<Step> broken(Step... steps) {
        return Stream.concat(
                        Stream.of(steps).map(step -> (Supplier<Step>) () -> step), Stream.<Supplier<Step>>of(() -> {
                            throw new IllegalStateException("on purpose");
                        }))
                .map(Supplier::get)
                .iterator();
    }

    private JournalEntry entry() {
        return new JournalEntry(
                journal::add,
                metrics,
                1,
                new Attempt.Key("r", 1),
                Instant.EPOCH,
                new Attempt.Asked("openai", Operation.CHAT, "m", true),
                new JournalEntry.Decision(null, null, null, null, null, null));
    }
}
