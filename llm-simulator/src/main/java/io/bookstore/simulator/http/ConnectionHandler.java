package io.bookstore.simulator.http;

import io.bookstore.simulator.admin.AdminApi;
import io.bookstore.simulator.simulation.Script;
import io.bookstore.simulator.simulation.Step;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests of one connection, answered one after the other in their order. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {

    // The JDK's own: a program that is started alone needs no logging library for one line that should never appear.
    private static final System.Logger logger = System.getLogger(ConnectionHandler.class.getName());

    private record Waiting(Object request, long arrivedNanos) {}

    private final Router router;
    private final AdminApi admin;
    private final ConnectionLimits limits;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable ScriptPlayer playing;
    private boolean taking;

    ConnectionHandler(Router router, AdminApi admin, ConnectionLimits limits) {
        this.router = router;
        this.admin = admin;
        this.limits = limits;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        waiting.add(new Waiting(message, System.nanoTime()));
        playWaiting(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        // While an answer is sent the rest of the next request may still come.
        if (event == RequestTimer.EXPIRED && playing == null) {
            String sentence = "The request did not arrive within "
                    + limits.requestTime().toSeconds() + " seconds of its first byte";
            playLast(context, Script.of(AdminApi.problem(408, sentence)));
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (playing != null && context.channel().isWritable()) {
            playing.resume();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (playing != null) {
            playing.abandon();
        }
        waiting.forEach(left -> ReferenceCountUtil.release(left.request()));
        waiting.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecompressionException && playing == null) {
            playLast(context, Script.of(AdminApi.problem(400, "The body is not what its Content-Encoding says")));
            return;
        }
        // A client may go away at any time, in the middle of its own request too: that is no error here.
        // Nor is a body that was refused, when the rest of it cannot be decompressed either.
        if (!(cause instanceof IOException
                || cause instanceof PrematureChannelClosureException
                || cause instanceof DecompressionException)) {
            logger.log(Level.WARNING, "A connection is closed because of an error", cause);
        }
        context.close();
    }

    /** Answers what waits, up to the first answer that takes time. A loop: a call within a call for each would fill the stack. */
    private void playWaiting(ChannelHandlerContext context) {
        if (taking) {
            return;
        }
        taking = true;
        try {
            while (playing == null && !waiting.isEmpty()) {
                play(context, waiting.remove());
            }
        } finally {
            taking = false;
        }
        context.channel().config().setAutoRead(waiting.size() < limits.waiting());
    }

    private void play(ChannelHandlerContext context, Waiting next) {
        ScriptPlayer player;
        try {
            // The end of a request that could not be read is unknown.
            boolean keepAlive = next.request() instanceof FullHttpRequest request
                    && request.decoderResult().isSuccess()
                    && HttpUtil.isKeepAlive(request);
            player = player(context, script(next.request()), next.arrivedNanos(), keepAlive, cors(next.request()));
        } finally {
            ReferenceCountUtil.release(next.request());
        }
        playing = player;
        player.run();
    }

    /** Answers what could not be read to its end; the connection is of no use afterwards. */
    private void playLast(ChannelHandlerContext context, Script script) {
        playing = player(context, script, System.nanoTime(), false, Map.of());
        playing.run();
    }

    private ScriptPlayer player(
            ChannelHandlerContext context,
            Script script,
            long arrivedNanos,
            boolean keepAlive,
            Map<String, String> headers) {
        return new ScriptPlayer(context, script, arrivedNanos, keepAlive, headers, () -> {
            playing = null;
            playWaiting(context);
        });
    }

    private static Map<String, String> cors(Object message) {
        if (message instanceof UnreadRequest unread) {
            return AdminApi.owns(Router.path(unread.uri())) ? Map.of() : Cors.headers(unread.headers());
        }
        FullHttpRequest request = (FullHttpRequest) message;
        return AdminApi.owns(Router.path(request.uri())) ? Map.of() : Cors.headers(request.headers());
    }

    private Script script(Object message) {
        if (message instanceof UnreadRequest unread) {
            return router.refuse(Router.path(unread.uri()), unread);
        }
        FullHttpRequest request = (FullHttpRequest) message;
        if (request.decoderResult().isFailure()) {
            return Script.of(unreadable(request.decoderResult().cause()));
        }
        String path = Router.path(request.uri());
        if (AdminApi.owns(path)) {
            String query = Router.query(path, request.uri());
            return admin.answer(
                    path, query, request.method().name(), request.content().toString(StandardCharsets.UTF_8));
        }
        return Cors.isPreflight(request) ? Script.of(Cors.preflight(request.headers())) : router.answer(path, request);
    }

    private static Step unreadable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return AdminApi.problem(414, "The request line is longer than " + HttpVersions.MAX_LINE + " bytes");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return AdminApi.problem(431, "The headers are longer than " + HttpVersions.MAX_HEADERS + " bytes");
        }
        return AdminApi.problem(400, "This is not HTTP/1.1");
    }
}
