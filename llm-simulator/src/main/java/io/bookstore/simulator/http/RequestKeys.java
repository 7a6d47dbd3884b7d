package io.bookstore.simulator.http;

import io.bookstore.simulator.draw.Fnv1a;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key that identifies a request across runs: a header, else the trace and the content, else the content. One trace holds
 * many calls, such as the steps of an agent; a retry says the same again.
 */
final class RequestKeys {

    private static final int MAX_CHARS = 200;
    private static final String BODY = "body-";

    // A look-up of each byte of a long body, which has thousands of parts, would be slow.
    private static final int PART_BYTES = 8_192;

    // version-traceid-parentid-flags: https://www.w3.org/TR/trace-context/#traceparent-header
    private static final Pattern traceparent = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private RequestKeys() {}

    static String of(FullHttpRequest request) {
        return of(request.headers(), request.uri(), request.content());
    }

    /** The key by the length of the body, where it was told; the body itself is gone. */
    static String of(UnreadRequest request) {
        String length = request.uri() + " " + request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "");
        return of(request.headers(), length, Unpooled.EMPTY_BUFFER);
    }

    /** The key of a request without headers. */
    static String of(String path, String body) {
        return of(EmptyHttpHeaders.INSTANCE, path, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
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
        byte[] part = new byte[Math.min(PART_BYTES, body.readableBytes())];
        for (int at = body.readerIndex(); at < body.writerIndex(); at += part.length) {
            int length = Math.min(part.length, body.writerIndex() - at);
            body.getBytes(at, part, 0, length);
            for (int i = 0; i < length; i++) {
                hash = Fnv1a.add(hash, part[i] & 0xff);
            }
        }
        return hash;
    }
}
