package io.bookstore.api.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Begins at most {@value #MOST} requests of one connection before the first of them has been answered; until then the rest
 * is not read, so that TCP stops the client. All connections share the room for requests that begin before an earlier one
 * of their connection has been answered; without room a connection begins one request after the other.
 *
 * <p>A request counts from its head until the last byte of its answer has gone to the operating system: a client that
 * does not read its answers gets no more of them. The server itself stops reading too late, for one read of 64 kB holds a
 * thousand requests.
 *
 * <p>Not thread-safe: all of it runs on the event loop of the connection.
 */
final class PipelineBound extends ChannelDuplexHandler {

    /** More than any client sends ahead, and few enough for a thousand such connections. */
    static final int MOST = 32;

    /**
     * The bytes that are decoded at once; what they hold beyond the bound waits decoded, and that costs more. Netty's codec
     * gives up a connection with more than 128 decoded requests without an answer; 32 and 1 kB of them are fewer.
     */
    private static final int SLICE = 1024;

    /** Few enough that their answers take 10 MB where each is a list of 100 sample books. */
    private static final int MOST_AHEAD = 256;

    private final Semaphore room;
    private final Bytes bytes = new Bytes();
    private final Deque<Object> parts = new ArrayDeque<>(0);
    private @Nullable ChannelHandlerContext context;
    private int underWay;
    private int ahead;

    /** Takes the room that all connections of a server share, from {@link #newRoom()}. */
    PipelineBound(Semaphore room) {
        this.room = room;
    }

    /** Returns the room for requests that begin ahead of their turn, for all connections of one server. */
    static Semaphore newRoom() {
        return new Semaphore(MOST_AHEAD);
    }

    /** The part that goes before the HTTP codec; this one goes after it. */
    ChannelDuplexHandler bytes() {
        return bytes;
    }

    /** Returns whether something that the client has sent waits here for an answer to something earlier. */
    boolean isHolding() {
        return !parts.isEmpty();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object part) {
        if (!parts.isEmpty() || !begins(part)) {
            parts.add(part);
        } else {
            pass(from, part);
        }
    }

    /** Counts a request that may begin; false if it has to wait. Parts of a request that has begun never wait. */
    private boolean begins(Object part) {
        if (!(part instanceof HttpRequest)) {
            return true;
        }
        if (underWay > 0) {
            if (underWay >= MOST || !room.tryAcquire()) {
                return false;
            }
            ahead++;
        }
        underWay++;
        return true;
    }

    private void pass(ChannelHandlerContext from, Object part) {
        // A request that HeadRules refuses is whole, and its failure is its own.
        if (!(part instanceof HttpRequest)
                && part instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            content.release();
            // The server would take it for the end of a good body.
            from.fireExceptionCaught(content.decoderResult().cause());
        } else {
            from.fireChannelRead(part);
        }
    }

    @Override
    public void write(ChannelHandlerContext to, Object message, ChannelPromise promise) {
        boolean interim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (!(message instanceof LastHttpContent) || interim) {
            to.write(message, promise);
            return;
        }
        ChannelPromise written = promise.unvoid();
        written.addListener(done -> {
            underWay--;
            giveBack(ahead - Math.max(0, underWay - 1));
            if (isHolding()) {
                // Never within the flush; and the other connections of this loop have their turn.
                to.executor().execute(bytes::proceed);
            }
        });
        to.write(message, written);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        giveBack(ahead);
        parts.forEach(ReferenceCountUtil::release);
        parts.clear();
    }

    private void giveBack(int permits) {
        if (permits > 0) {
            ahead -= permits;
            room.release(permits);
        }
    }

    /** Passes on what waits decoded; false if some of it still has to wait. */
    private boolean passParts() {
        ChannelHandlerContext from = Objects.requireNonNull(context, "context");
        for (Object part = parts.peek(); part != null && begins(part); part = parts.peek()) {
            parts.remove();
            pass(from, part);
        }
        return parts.isEmpty();
    }

    private final class Bytes extends ChannelDuplexHandler {

        private final Deque<ByteBuf> held = new ArrayDeque<>(1);
        private @Nullable ChannelHandlerContext context;
        private boolean proceeding;

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        @Override
        public void channelRead(ChannelHandlerContext from, Object message) {
            held.add((ByteBuf) message);
            passBytes(from);
        }

        private void passBytes(ChannelHandlerContext to) {
            while (!isHolding() && !held.isEmpty()) {
                ByteBuf first = held.element();
                if (first.readableBytes() <= SLICE) {
                    held.remove();
                    to.fireChannelRead(first);
                } else {
                    to.fireChannelRead(first.readRetainedSlice(SLICE));
                }
            }
        }

        /** Goes on after an answer has made room. */
        void proceed() {
            ChannelHandlerContext to = Objects.requireNonNull(context, "context");
            if (to.isRemoved() || proceeding || !to.channel().isActive()) {
                return;
            }
            proceeding = true;
            try {
                if (passParts()) {
                    passBytes(to);
                }
            } finally {
                proceeding = false;
            }
            to.fireChannelReadComplete();
        }

        /** The server asks for more whenever it could take more; while some is held there is nothing to read. */
        @Override
        public void read(ChannelHandlerContext to) {
            if (held.isEmpty() && !isHolding()) {
                to.read();
            }
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext removed) {
            held.forEach(ReferenceCountUtil::release);
            held.clear();
        }
    }
}
