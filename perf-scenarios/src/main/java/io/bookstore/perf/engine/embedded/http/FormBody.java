package io.bookstore.perf.engine.embedded.http;

import io.bookstore.perf.engine.embedded.http.RequestSpec.Body;
import io.bookstore.perf.engine.embedded.script.GuestValues;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.UUID;
import okio.Buffer;
import org.graalvm.polyglot.Value;

/** A request's body: text and bytes as they are, an object as a form, with files as multipart. */
final class FormBody {
    private FormBody() {}

    static Body read(Value body) {
        if (body.isNull()) {
            return Body.NONE;
        }
        if (body.isString()) {
            return new Body(body.asString().getBytes(StandardCharsets.UTF_8), null);
        }
        if (GuestValues.isBytes(body)) {
            return new Body(GuestValues.bytes(body), null);
        }
        if (!body.hasMembers() || body.hasArrayElements() || body.canExecute()) {
            throw new InvalidRequest(
                    1000, "invalid body of type " + GuestValues.kind(body) + "; use a text or an object");
        }
        boolean hasFile = body.getMemberKeys().stream().anyMatch(key -> isFile(body.getMember(key)));
        return hasFile ? multipart(body) : urlEncoded(body);
    }

    private static Body urlEncoded(Value form) {
        StringJoiner pairs = new StringJoiner("&");
        for (String key : form.getMemberKeys()) {
            Value value = form.getMember(key);
            if (value.hasArrayElements()) {
                for (long i = 0; i < value.getArraySize(); i++) {
                    pairs.add(encode(key) + "=" + encode(GuestValues.text(value.getArrayElement(i))));
                }
            } else {
                pairs.add(encode(key) + "=" + encode(GuestValues.text(value)));
            }
        }
        return new Body(pairs.toString().getBytes(StandardCharsets.UTF_8), "application/x-www-form-urlencoded");
    }

    private static Body multipart(Value form) {
        String boundary = UUID.randomUUID().toString().replace("-", "");
        Buffer out = new Buffer();
        for (String key : form.getMemberKeys()) {
            Value value = form.getMember(key);
            out.writeUtf8("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + escape(key) + "\"");
            if (isFile(value)) {
                out.writeUtf8(
                        "; filename=\"" + escape(value.getMember("filename").asString()) + "\"\r\nContent-Type: "
                                + value.getMember("content_type").asString() + "\r\n\r\n");
                out.write(GuestValues.bytes(value.getMember("data")));
            } else {
                out.writeUtf8("\r\n\r\n" + GuestValues.text(value));
            }
            out.writeUtf8("\r\n");
        }
        out.writeUtf8("--" + boundary + "--\r\n");
        return new Body(out.readByteArray(), "multipart/form-data; boundary=" + boundary);
    }

    private static boolean isFile(Value value) {
        return value.hasMembers() && value.hasMember("content_type") && value.hasMember("filename");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
