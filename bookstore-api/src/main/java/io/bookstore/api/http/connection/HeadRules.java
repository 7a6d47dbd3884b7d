package io.bookstore.api.http.connection;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_ENCODING;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.HOST;
import static io.netty.handler.codec.http.HttpHeaderNames.TRANSFER_ENCODING;

import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.http.problem.ProblemType;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request by its head where RFC 9112 asks for it and the HTTP codec does not, and reads nothing more from such a
 * connection: where the next request begins, server and proxy might not agree on.
 *
 * <p>A refusal is the failure of the request's {@link DecoderResult}, which becomes its problem document. Broken chunks
 * fail the body, and the connection closes after the answer.
 */
final class HeadRules extends ChannelDuplexHandler {

    // uri-host [ ":" port ] of RFC 3986, 3.2.2; empty where the address has no authority (RFC 9112, 3.2)
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Za-z:.]+]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(:[0-9]*)?");
    private static final Set<String> CODINGS =
            Set.of("chunked", "gzip", "x-gzip", "deflate", "compress", "x-compress", "identity");

    /** The codings that the server unpacks; it takes a body in another one for a body without any. */
    private static final Set<String> BODY_CODINGS = Set.of("gzip", "x-gzip", "deflate", "identity");

    private final long maxBodyBytes;
    private boolean over;
    private boolean broken;
    private int unanswered;

    HeadRules(long maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (over) {
            ReferenceCountUtil.release(part);
        } else if (part instanceof HttpRequest request) {
            unanswered++;
            context.fireChannelRead(checked(request));
        } else if (part instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            over = true;
            breakOff(context, content);
        } else {
            context.fireChannelRead(part);
        }
    }

    private HttpRequest checked(HttpRequest request) {
        RawAddress address = RawAddress.of(request.uri());
        ProblemException refusal = refusal(request);
        if (refusal == null && address.refusal() != null) {
            refusal = new ProblemException(ProblemType.INVALID_REQUEST, address.refusal());
        }
        if (refusal == null) {
            return address.encoded().equals(request.uri()) ? request : request.setUri(address.encoded());
        }
        over = true;
        // Whole, so that no body is awaited; of a version that the answer may have.
        HttpRequest refused = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                request.method(),
                address.encoded(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
        refused.setDecoderResult(DecoderResult.failure(refusal));
        return refused;
    }

    private @Nullable ProblemException refusal(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return new ProblemException(
                    ProblemType.HTTP_VERSION_NOT_SUPPORTED, "The version must be HTTP/1.1 or HTTP/1.0, was " + version);
        }
        if (request.headers().contains(TRANSFER_ENCODING)) {
            ProblemException coding = codings(request);
            if (coding != null) {
                return coding;
            }
        }
        if (request.decoderResult().isFailure()) {
            return null;
        }
        List<String> hosts = request.headers().getAll(HOST);
        if (hosts.isEmpty() && version.equals(HttpVersion.HTTP_1_1)) {
            return ProblemException.invalidParameter("Host", "is required");
        }
        if (hosts.size() > 1) {
            return ProblemException.invalidParameter("Host", "must be sent once, was sent " + hosts.size() + " times");
        }
        if (!hosts.isEmpty() && !AUTHORITY.matcher(hosts.get(0)).matches()) {
            return ProblemException.invalidParameter("Host", "must be a host, or a host, a colon and a port");
        }
        for (String coding : request.headers().getAll(CONTENT_ENCODING)) {
            if (!BODY_CODINGS.contains(coding.strip().toLowerCase(Locale.ROOT))) {
                return new ProblemException(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Encoding must be gzip, deflate or absent; another coding is not known here");
            }
        }
        if (HttpUtil.is100ContinueExpected(request) && HttpUtil.getContentLength(request, 0L) > maxBodyBytes) {
            return new ProblemException(
                    ProblemType.BODY_TOO_LARGE,
                    "The body may have " + String.format(Locale.ROOT, "%,d", maxBodyBytes) + " bytes");
        }
        return null;
    }

    /** Names the real reason of what the codec refuses too, and tells a coding that is unknown from one that is misplaced. */
    private static @Nullable ProblemException codings(HttpRequest request) {
        List<String> codings = request.headers().getAll(TRANSFER_ENCODING).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(coding -> coding.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .toList();
        for (String coding : codings) {
            if (!CODINGS.contains(coding)) {
                return new ProblemException(
                        ProblemType.NOT_IMPLEMENTED,
                        "Transfer-Encoding must be chunked; another coding is not known here");
            }
        }
        if (request.headers().contains(CONTENT_LENGTH)) {
            return new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "A request must have either Transfer-Encoding or Content-Length, and had both");
        }
        return request.decoderResult().isFailure() || !"chunked".equals(codings.get(codings.size() - 1))
                ? ProblemException.invalidParameter(
                        "Transfer-Encoding", "must end with chunked, once, and needs HTTP/1.1")
                : null;
    }

    private void breakOff(ChannelHandlerContext context, HttpContent content) {
        if (unanswered == 0) {
            content.release();
            context.close();
            return;
        }
        broken = true;
        content.setDecoderResult(DecoderResult.failure(
                new ProblemException(ProblemType.MALFORMED_BODY, "The chunks of the body are not those of HTTP/1.1")));
        context.fireChannelRead(content);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        HttpResponse head = message instanceof HttpResponse response ? response : null;
        if (head != null && head.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            context.write(message, promise);
            return;
        }
        boolean last = broken && unanswered == 1;
        if (head != null && last) {
            head.headers().set(CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (!(message instanceof LastHttpContent)) {
            context.write(message, promise);
            return;
        }
        unanswered--;
        context.write(message, last ? promise.unvoid().addListener(ChannelFutureListener.CLOSE) : promise);
    }
}
