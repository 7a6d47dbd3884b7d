package io.bookstore.api.http.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** A request whose head the HTTP server gave up to read; it only tells "too large" from "bad", which is not enough. */
final class UnreadableHead {

    private UnreadableHead() {}

    /** Returns whether the address of the request was read, though its head was not, or was refused. */
    static boolean hasAddress(HttpRequest<?> request) {
        return !(request instanceof NettyHttpRequest<?> netty)
                || !netty.getNativeRequest().decoderResult().isFailure()
                || netty.getNativeRequest().decoderResult().cause() instanceof ProblemException;
    }

    /** Returns the reason why the head was not read; null if it was. */
    static @Nullable ProblemException of(HttpRequest<?> request) {
        if (!(request instanceof NettyHttpRequest<?> netty)) {
            return null;
        }
        DecoderResult result = netty.getNativeRequest().decoderResult();
        if (!result.isFailure()) {
            return null;
        }
        if (result.cause() instanceof ProblemException refusal) {
            return refusal;
        }
        if (result.cause() instanceof TooLongHttpLineException) {
            return new ProblemException(ProblemType.URI_TOO_LONG, "The address may have 4,096 characters");
        }
        if (result.cause() instanceof TooLongHttpHeaderException) {
            return new ProblemException(ProblemType.HEADERS_TOO_LARGE, "The headers may have 8,192 bytes");
        }
        return new ProblemException(ProblemType.INVALID_REQUEST, "The head of the request is not HTTP/1.1");
    }
}
