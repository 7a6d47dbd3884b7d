package io.bookstore.simulator.proxy;

import io.bookstore.simulator.http.HttpVersions;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The server behind a proxy, and the connections to it that are free. A connection stays with its event loop, so that an
 * exchange never changes threads.
 */
final class Upstream {

    private static final int CONNECT_MILLIS = 10_000;

    // Servers close a connection that is idle for five seconds and more; a request that meets the closing is lost.
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final URI address;
    private final int port;
    private final @Nullable SslContext ssl;
    private final Map<EventLoop, ArrayDeque<UpstreamConnection>> idle = new ConcurrentHashMap<>();

    private Upstream(URI address, int port, @Nullable SslContext ssl) {
        this.address = address;
        this.port = port;
        this.ssl = ssl;
    }

    static Upstream of(URI address, @Nullable SslContext ssl) {
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!http || address.getHost() == null || address.getRawQuery() != null || address.getRawUserInfo() != null) {
            // Neither a user nor a query is shown: both may hold a key.
            boolean secret = address.getRawUserInfo() != null || address.getRawQuery() != null;
            throw new IllegalArgumentException("The upstream must be an address such as https://api.example.com, was "
                    + (secret ? "one with a user or a query" : address));
        }
        int standard = "https".equals(address.getScheme()) ? 443 : 80;
        return new Upstream(address, address.getPort() < 0 ? standard : address.getPort(), ssl);
    }

    /** The target of a request there, for one that came here. */
    String target(String uri) {
        String prefix = address.getRawPath() == null ? "" : address.getRawPath();
        return (prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + uri;
    }

    /** The value of the {@code Host} header. */
    String host() {
        return address.getRawAuthority();
    }

    @Override
    public String toString() {
        return address.getScheme() + "://" + host();
    }

    /** Gives the exchange a connection, or the reason why there is none. Called on the loop. */
    void connect(EventLoop loop, ProxyExchange exchange) {
        ArrayDeque<UpstreamConnection> free = idle.computeIfAbsent(loop, any -> new ArrayDeque<>());
        // The last one first: it is the least likely to be closed.
        for (UpstreamConnection each = free.pollLast(); each != null; each = free.pollLast()) {
            if (each.isUsable(IDLE_NANOS)) {
                exchange.connected(each);
                return;
            }
            each.close();
        }
        UpstreamConnection connection = new UpstreamConnection(free);
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (ssl != null) {
                            channel.pipeline().addLast(tls(ssl, channel));
                        }
                        HttpDecoderConfig config = new HttpDecoderConfig().setMaxHeaderSize(HttpVersions.MAX_HEADERS);
                        channel.pipeline()
                                .addLast(new HttpClientCodec(config, false, false))
                                .addLast(connection);
                    }
                })
                .connect(address.getHost(), port);
        connecting.addListener(done -> {
            SslHandler tls = connecting.channel().pipeline().get(SslHandler.class);
            if (!done.isSuccess()) {
                exchange.unreachable(done.cause());
            } else if (tls == null) {
                exchange.connected(connection);
            } else {
                tls.handshakeFuture().addListener(shaken -> {
                    if (shaken.isSuccess()) {
                        exchange.connected(connection);
                    } else {
                        exchange.unreachable(shaken.cause());
                    }
                });
            }
        });
    }

    private SslHandler tls(SslContext context, Channel channel) {
        SslHandler handler = context.newHandler(channel.alloc(), address.getHost(), port);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        handler.engine().setSSLParameters(parameters);
        return handler;
    }
}
