package io.bookstore.simulator.proxy;

import io.bookstore.simulator.proxy.ProxiedExchange.Chunk;
import io.bookstore.simulator.proxy.ProxiedExchange.Ending;
import io.bookstore.simulator.wire.Json;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request on its way to the upstream, and its answer on the way back. Confined to the event loop of its client. */
final class ProxyExchange {

    // RFC 9110, 7.6.1, and those of old proxies.
    private static final List<String> HOP_BY_HOP = List.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    // What Netty makes of the parts of HTTP/2 that HTTP/1.1 does not have.
    private static final List<CharSequence> HTTP2_MARKS = Stream.of(HttpConversionUtil.ExtensionHeaderNames.values())
            .<CharSequence>map(HttpConversionUtil.ExtensionHeaderNames::text)
            .toList();

    private static final byte[] NOTHING = {};

    private final ChannelHandlerContext client;
    private final FullHttpRequest request;
    private final Upstream upstream;
    private final ProxyListener listener;
    private final RecordingMemory.Share memory;
    private final Runnable onEnd;
    private final boolean keepAlive;
    private byte[] requestBody;
    private final List<Chunk> chunks = new ArrayList<>();

    private @Nullable UpstreamConnection connection;
    private @Nullable HttpResponse head;
    private Instant sent = Instant.EPOCH;
    private long sentNanos;
    private long headNanos;
    private boolean interim;
    private boolean over;

    /**
     * @param request released when it has been sent
     * @param memory  for the request and its answer, until they are written
     * @param onEnd   called when the client's connection is free for the next request
     */
    ProxyExchange(
            ChannelHandlerContext client,
            FullHttpRequest request,
            Upstream upstream,
            ProxyListener listener,
            RecordingMemory.Share memory,
            Runnable onEnd) {
        this.client = client;
        this.request = request;
        this.upstream = upstream;
        this.listener = listener;
        this.memory = memory;
        this.onEnd = onEnd;
        // HTTP/1.0 knows no chunks: the end of the connection ends the answer.
        this.keepAlive =
                HttpUtil.isKeepAlive(request) && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        this.requestBody =
                memory.take(request.content().readableBytes()) ? ByteBufUtil.getBytes(request.content()) : NOTHING;
    }

    void start() {
        upstream.connect(client.channel().eventLoop(), this);
    }

    void connected(UpstreamConnection to) {
        if (over) {
            // The client went away while the connection was made.
            memory.free();
            request.release();
            to.free();
            return;
        }
        connection = to;
        HttpHeaders headers = endToEnd(request.headers());
        headers.set(HttpHeaderNames.HOST, upstream.host());
        // A recording that can be read; without the header a server may choose any coding.
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
        sent = Instant.now();
        sentNanos = System.nanoTime();
        to.send(
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        request.method(),
                        upstream.target(request.uri()),
                        request.content(),
                        headers,
                        EmptyHttpHeaders.INSTANCE),
                this);
    }

    void unreachable(Throwable cause) {
        memory.free();
        request.release();
        if (over) {
            return;
        }
        over = true;
        String sentence = "Cannot reach " + upstream + " (" + cause.getMessage()
                + "): start it, or correct the address that the proxy was given";
        listener.failed(sentence);
        finish(refusal(502, sentence));
    }

    /** Passes on a part of the answer; the client sees it with the next {@link #flush}. */
    void receive(HttpObject message) {
        if (message.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            breakOff();
            return;
        }
        if (message instanceof HttpResponse response) {
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (!interim) {
                passOnHead(response);
            }
        }
        if (message instanceof HttpContent content) {
            if (interim) {
                content.release();
            } else {
                passOn(content);
            }
        }
    }

    void flush() {
        client.flush();
    }

    /** Goes on after the client has read enough. */
    void resume() {
        if (connection != null) {
            connection.read(true);
        }
    }

    /** Ends the exchange because the client went away: the upstream need not go on. */
    void cancel() {
        if (over) {
            return;
        }
        over = true;
        if (connection != null) {
            connection.close();
            report(Ending.CANCELLED);
        }
    }

    /** Ends the exchange because the upstream went away, which the client sees in the same way. */
    void cut() {
        if (over) {
            return;
        }
        over = true;
        report(Ending.CUT);
        client.flush();
        client.close();
    }

    private void breakOff() {
        if (connection != null) {
            connection.close();
        }
        cut();
    }

    private void passOnHead(HttpResponse from) {
        head = from;
        headNanos = System.nanoTime() - sentNanos;
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, from.status(), endToEnd(from.headers()));
        boolean bodiless = request.method().equals(HttpMethod.HEAD)
                || from.status().equals(HttpResponseStatus.NO_CONTENT)
                || from.status().equals(HttpResponseStatus.NOT_MODIFIED);
        if (!bodiless
                && !response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        client.write(response, client.voidPromise());
    }

    private void passOn(HttpContent content) {
        if (content.content().isReadable()) {
            hold(content);
        }
        if (!(content instanceof LastHttpContent)) {
            client.write(content, client.voidPromise());
            if (!client.channel().isWritable() && connection != null) {
                connection.read(false);
                client.flush();
            }
            return;
        }
        over = true;
        UpstreamConnection used = connection;
        if (used != null && head != null && HttpUtil.isKeepAlive(head)) {
            used.free();
        } else if (used != null) {
            used.close();
        }
        report(Ending.COMPLETED);
        finish(content);
    }

    private void hold(HttpContent content) {
        if (memory.take(content.content().readableBytes())) {
            chunks.add(new Chunk(System.nanoTime() - sentNanos, ByteBufUtil.getBytes(content.content())));
        } else {
            // It is not recorded, so nothing of it is held any longer; only then is the memory another's.
            chunks.clear();
            requestBody = NOTHING;
            memory.free();
        }
    }

    private void finish(Object last) {
        if (keepAlive) {
            client.writeAndFlush(last, client.voidPromise());
            onEnd.run();
        } else {
            client.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void report(Ending ending) {
        String excess = memory.excess();
        if (excess != null) {
            listener.tooLarge("The answer to " + request.method() + " " + withoutQuery(request.uri())
                    + " passed on and is not recorded: " + excess);
            return;
        }
        HttpResponse answered = head;
        ProxiedExchange exchange = new ProxiedExchange(
                sent,
                request.method().name(),
                request.uri(),
                request.headers().entries(),
                requestBody,
                answered == null ? 0 : answered.status().code(),
                answered == null ? List.of() : answered.headers().entries(),
                headNanos,
                System.nanoTime() - sentNanos,
                chunks,
                ending);
        listener.ended(exchange, memory::free);
    }

    private static String withoutQuery(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static HttpHeaders endToEnd(HttpHeaders all) {
        HttpHeaders headers = all.copy();
        // The connection names headers of its own.
        for (String line : all.getAll(HttpHeaderNames.CONNECTION)) {
            for (String name : line.split(",")) {
                if (!name.isBlank()) {
                    headers.remove(name.strip());
                }
            }
        }
        HOP_BY_HOP.forEach(headers::remove);
        HTTP2_MARKS.forEach(headers::remove);
        return headers;
    }

    /** An error of the proxy itself, as the clients of Anthropic and OpenAI read one. */
    static FullHttpResponse refusal(int status, String sentence) {
        String body =
                "{\"type\":\"error\",\"error\":{\"type\":\"proxy_error\",\"message\":" + Json.quote(sentence) + "}}";
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }
}
