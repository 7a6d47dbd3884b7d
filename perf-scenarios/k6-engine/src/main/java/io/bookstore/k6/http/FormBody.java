package io.bookstore.k6.http;

import io.bookstore.k6.http.RequestSpec.Body;
import io.bookstore.k6.script.GuestValues;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.Consumer;
import okio.Buffer;
import org.graalvm.polyglot.Value;

/** A request's body: text and bytes as they are, an object as a form, with files as multipart. */
final class FormBody {
    private FormBody() {}

    /** @param warn told of each value that a form cannot carry */
    static Body read(Value body, Consumer<String> warn) {
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
        return hasFile ? multipart(body) : urlEncoded(body, warn);
    }

    private static Body urlEncoded(Value form, Consumer<String> warn) {
        StringJoiner pairs = new StringJoiner("&");
        for (String key : form.getMemberKeys()) {
            Value value = form.getMember(key);
            if (value.hasArrayElements()) {
                for (long i = 0; i < value.getArraySize(); i++) {
                    pairs.add(encode(key) + "=" + encode(plain(key, value.getArrayElement(i), warn)));
                }
            } else {
                pairs.add(encode(key) + "=" + encode(plain(key, value, warn)));
            }
        }
        return new Body(pairs.toString().getBytes(StandardCharsets.UTF_8), "application/x-www-form-urlencoded");
    }

    /** A form has texts only; as in k6, anything else is sent as an empty one. */
    private static String plain(String key, Value value, Consumer<String> warn) {
        if (value.isString() || value.isNumber() || value.isBoolean()) {
            return GuestValues.text(value);
        }
        warn.accept("The form field '%s' is %s and is sent empty; give it a text, or send JSON.stringify(body)"
                .formatted(key, GuestValues.kind(value)));
        return "";
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
