package io.bookstore.k6.script;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Reads the script's values the way k6 understands them. */
public final class GuestValues {
    private GuestValues() {}

    /** A text as it is, anything else as JavaScript would show it. */
    public static String text(@Nullable Value value) {
        if (value == null) {
            return "undefined";
        }
        return value.isString() ? value.asString() : value.toString();
    }

    /** Tags of a call; null or undefined is none. A value that is no text, number or boolean throws. */
    public static Map<String, String> tags(@Nullable Value value) {
        if (value == null || value.isNull()) {
            return Map.of();
        }
        if (!value.hasMembers() || value.isString()) {
            throw new IllegalArgumentException("tags must be an object, were " + kind(value));
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (String key : value.getMemberKeys()) {
            tags.put(key, tag(key, value.getMember(key)));
        }
        return tags;
    }

    public static String tag(String key, Value value) {
        return plain("tag", key, value);
    }

    /** A value of {@code exec.vu.metrics.metadata}, with the rule of tags. */
    public static String metadatum(String key, Value value) {
        return plain("metadata", key, value);
    }

    private static String plain(String kind, String key, Value value) {
        if (!value.isString() && !value.isNumber() && !value.isBoolean()) {
            throw new IllegalArgumentException(
                    kind + " '" + key + "' must be a text, number or boolean, was " + kind(value));
        }
        return text(value);
    }

    /** True for an {@code ArrayBuffer}, a typed array or a {@code DataView}, or bytes of ours. */
    public static boolean isBytes(Value value) {
        return value.hasBufferElements()
                || value.hasMembers()
                        && value.hasMember("buffer")
                        && value.getMember("buffer").hasBufferElements();
    }

    /** The bytes of a buffer, or a text in UTF-8. */
    public static byte[] bytes(Value value) {
        if (value.isString()) {
            return value.asString().getBytes(StandardCharsets.UTF_8);
        }
        if (value.hasBufferElements()) {
            return read(value, 0, value.getBufferSize());
        }
        if (isBytes(value)) {
            return read(
                    value.getMember("buffer"),
                    value.getMember("byteOffset").asLong(),
                    value.getMember("byteLength").asLong());
        }
        throw new IllegalArgumentException("a text or an ArrayBuffer is needed, was " + kind(value));
    }

    private static byte[] read(Value buffer, long offset, long length) {
        byte[] bytes = new byte[Math.toIntExact(length)];
        buffer.readBuffer(offset, bytes, 0, bytes.length);
        return bytes;
    }

    /** The name of a value in an error message. */
    public static String kind(Value value) {
        if (value.isNull()) {
            return value.toString();
        }
        Value type = value.getMetaObject();
        return type == null ? "unknown" : type.getMetaSimpleName();
    }
}
