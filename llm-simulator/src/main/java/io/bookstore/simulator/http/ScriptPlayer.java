package io.bookstore.simulator.http;

import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.simulation.JournalEntry;
import io.bookstore.simulator.simulation.Script;
import io.bookstore.simulator.simulation.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Performs a script on a connection's event loop, every step at its own time since the request arrived.
 *
 * <p>No thread waits: between two steps there is only an entry in the loop's {@link Ticker}. A step that comes late does not
 * delay the next, and a client that does not read is not written to.
 */
final class ScriptPlayer implements Runnable, Step.Performer {

    private static final int CHUNK_FRAME_BYTES = 8 + 4;
    private static final int CRLF = '\r' << 8 | '\n';

    private final ChannelHandlerContext context;
    private final Iterator<Step> steps;
    private final @Nullable JournalEntry entry;
    private final long arrivedNanos;
    private final boolean keepAlive;
    private final Map<String, String> headers;
    private final Runnable onEnd;

    private @Nullable Step next;
    private Charset charset = StandardCharsets.UTF_8;
    private @Nullable ChannelHandlerContext codec;
    private boolean blocked;
    private boolean over;

    /**
     * @param headers of the answer, besides those of the script
     * @param onEnd   called when the connection is free for the next request
     */
    ScriptPlayer(
            ChannelHandlerContext context,
            Script script,
            long arrivedNanos,
            boolean keepAlive,
            Map<String, String> headers,
            Runnable onEnd) {
        this.context = context;
        this.steps = script.steps();
        this.entry = script.entry();
        this.arrivedNanos = arrivedNanos;
        this.keepAlive = keepAlive;
        this.headers = headers;
        this.onEnd = onEnd;
    }

    @Override
    public void run() {
        try {
            play();
        } catch (Throwable e) {
            giveUp();
            throw e;
        }
    }

    private void play() {
        blocked = false;
        while (!over && (next != null || steps.hasNext())) {
            Step step = next == null ? steps.next() : next;
            next = step;
            long elapsed = System.nanoTime() - arrivedNanos;
            if (elapsed < step.atNanos()) {
                context.flush();
                Ticker.of(context.executor()).schedule(arrivedNanos + step.atNanos(), this);
                return;
            }
            // The end needs no room: what it follows has been written, and a client that has read it takes it for sent.
            if (!context.channel().isWritable() && !(step instanceof Step.End)) {
                blocked = true;
                context.flush();
                return;
            }
            next = null;
            step.performBy(this, elapsed);
        }
    }

    /** Goes on after the client has read enough. */
    void resume() {
        if (blocked) {
            run();
        }
    }

    /** Ends the script: the connection is gone. */
    void abandon() {
        over = true;
        if (entry != null) {
            entry.end(Outcome.ABANDONED, System.nanoTime() - arrivedNanos);
        }
    }

    /** Something is wrong with the simulator itself. The client must see that no more will come. */
    private void giveUp() {
        over = true;
        if (entry != null) {
            entry.end(Outcome.CUT, System.nanoTime() - arrivedNanos);
        }
        context.flush();
        context.close();
    }

    @Override
    public void sendWhole(Step.Whole whole, long elapsed) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(whole.status()), body(whole));
        fill(response.headers(), whole.contentType(), whole.headers())
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        over = true;
        if (entry != null) {
            entry.complete(whole.status(), elapsed);
        }
        finish(response);
    }

    private ByteBuf body(Step.Whole whole) {
        return whole.charset() == StandardCharsets.UTF_8
                ? ByteBufUtil.writeUtf8(context.alloc(), whole.body())
                : Unpooled.wrappedBuffer(whole.body().getBytes(whole.charset()));
    }

    @Override
    public void sendHead(Step.Head head) {
        charset = head.charset();
        DefaultHttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(head.status()));
        fill(response.headers(), head.contentType(), head.headers())
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE);
        if (entry != null) {
            entry.recordStatus(head.status());
        }
        context.write(response, context.voidPromise());
        codec = context.pipeline().context(Http1Codec.class);
    }

    @Override
    public void sendPart(Step.Part part, long elapsed) {
        if (part.text().isEmpty()) {
            return;
        }
        if (part.content() && entry != null) {
            entry.recordText(part.atNanos(), elapsed);
        }
        if (codec == null) {
            ByteBuf bytes = context.alloc().buffer(ByteBufUtil.utf8MaxBytes(part.text()));
            bytes.writeCharSequence(part.text(), charset);
            context.write(new DefaultHttpContent(bytes), context.voidPromise());
        } else {
            // Written past the codec, which would make three buffers and a gathering write of each chunk.
            codec.write(chunk(part.text()), codec.voidPromise());
        }
    }

    /** A chunk of HTTP/1.1's transfer coding (RFC 9112, 7.1). */
    private ByteBuf chunk(String text) {
        int size = charset == StandardCharsets.UTF_8 ? ByteBufUtil.utf8Bytes(text) : text.length();
        ByteBuf bytes = context.alloc().buffer(size + CHUNK_FRAME_BYTES);
        bytes.writeCharSequence(Integer.toHexString(size), StandardCharsets.US_ASCII);
        bytes.writeShort(CRLF);
        bytes.writeCharSequence(text, charset);
        bytes.writeShort(CRLF);
        return bytes;
    }

    @Override
    public void end(long elapsed) {
        over = true;
        if (entry != null) {
            entry.end(Outcome.COMPLETED, elapsed);
        }
        finish(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    @Override
    public void reset(long elapsed) {
        over = true;
        if (entry != null) {
            entry.end(Outcome.CUT, elapsed);
        }
        Channel channel = context.channel();
        // The bytes written must be seen before the reset, which discards everything still in the socket's buffers.
        context.flush();
        if (channel instanceof Http2StreamChannel) {
            // Other streams share the connection; a gateway whose upstream breaks resets the one.
            context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
        } else {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.close();
    }

    private void finish(Object last) {
        if (keepAlive) {
            context.writeAndFlush(last, context.voidPromise());
            onEnd.run();
        } else {
            context.writeAndFlush(last).addListener(sent -> closeGently());
        }
    }

    /** A client that is still sending would see a reset instead of the answer if both directions closed at once. */
    private void closeGently() {
        Channel channel = context.channel();
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
            channel.pipeline().addFirst(new GentleClose());
        } else {
            context.executor().schedule(() -> channel.close(), GentleClose.SILENT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private HttpHeaders fill(HttpHeaders into, String contentType, Map<String, String> ofScript) {
        into.set(HttpHeaderNames.CONTENT_TYPE, contentType);
        ofScript.forEach(into::set);
        headers.forEach(into::set);
        if (!keepAlive) {
            into.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return into;
    }
}
