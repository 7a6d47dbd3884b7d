package io.bookstore.simulator.http;

import io.bookstore.simulator.draw.Fnv1a;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key that identifies a request across runs: a header, else the trace and the content, else the content. One trace holds
 * many calls, such as the steps of an agent; a retry says the same again.
 */
final class RequestKeys {

    private static final int MAX_CHARS = 200;
    private static final String BODY = "body-";

    // version-traceid-parentid-flags: https://www.w3.org/TR/trace-context/#traceparent-header
    private static final Pattern traceparent = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private RequestKeys() {}

    static String of(FullHttpRequest request) {
        return of(request.headers(), request.uri(), request.content());
    }

    /** The key by the length of the body, where it was told; the body itself is gone. */
    static String of(OversizedRequest request) {
        String length = request.uri() + " " + request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "");
        return of(request.headers(), length, Unpooled.EMPTY_BUFFER);
    }

    private static String of(HttpHeaders headers, String uri, ByteBuf body) {
        String id = headers.get("x-request-id");
        if (id != null && !id.isBlank()) {
            return id.length() > MAX_CHARS ? id.substring(0, MAX_CHARS) : id;
        }
        String said = Long.toHexString(hash(uri, body));
        Matcher trace = traceparent.matcher(headers.get("traceparent", ""));
        return (trace.matches() ? trace.group(1) + "-" : BODY) + said;
    }

    /** A hash of the whole request; sixty-four bits keep the bodies of a load test apart. */
    private static long hash(String uri, ByteBuf body) {
        long hash = Fnv1a.add(Fnv1a.EMPTY, uri, 0, uri.length());
        for (int i = body.readerIndex(); i < body.writerIndex(); i++) {
            hash = Fnv1a.add(hash, body.getByte(i) & 0xff);
        }
        return hash;
    }
}
