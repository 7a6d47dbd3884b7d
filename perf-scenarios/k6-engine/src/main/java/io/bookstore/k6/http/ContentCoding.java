package io.bookstore.k6.http;

import io.bookstore.k6.script.UnsupportedCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import okio.Buffer;
import okio.BufferedSource;
import okio.GzipSource;
import okio.InflaterSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** {@code gzip} and {@code deflate}; k6 knows {@code br} and {@code zstd} too, the JVM does not. */
final class ContentCoding {
    private ContentCoding() {}

    /** @param codings value of {@code Content-Encoding}; applied from last to first */
    static byte[] decode(Buffer body, String codings) throws IOException {
        Buffer current = body;
        String[] names = codings.toLowerCase(Locale.ROOT).split(",", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            current = decodeOne(current, names[i].strip());
        }
        return current.readByteArray();
    }

    private static Buffer decodeOne(Buffer body, String coding) throws IOException {
        Buffer decoded = new Buffer();
        switch (coding) {
            case "", "identity" -> {
                return body;
            }
            case "gzip" -> {
                try (BufferedSource source = Okio.buffer(new GzipSource(body))) {
                    source.readAll(decoded);
                }
            }
            case "deflate" -> {
                // "deflate" is zlib by the standard and raw deflate by custom: the first byte tells.
                boolean raw = body.size() > 0 && (body.getByte(0) & 0x0f) != 8;
                try (BufferedSource source = Okio.buffer(new InflaterSource(body, new Inflater(raw)))) {
                    source.readAll(decoded);
                }
            }
            case "br", "zstd" -> throw unsupported(coding);
            default -> throw new IOException("the content coding '" + coding + "' is unknown");
        }
        return decoded;
    }

    /**
     * The content of a body while it comes.
     *
     * @param codings value of {@code Content-Encoding}; null for none
     */
    static BufferedSource decoding(BufferedSource body, @Nullable String codings) {
        BufferedSource current = body;
        String[] names = codings == null
                ? new String[0]
                : codings.toLowerCase(Locale.ROOT).split(",", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            current = switch (names[i].strip()) {
                case "gzip" -> Okio.buffer(new GzipSource(current));
                // By the standard, for the first byte is not there yet.
                case "deflate" -> Okio.buffer(new InflaterSource(current, new Inflater()));
                case "br", "zstd" -> throw unsupported(names[i].strip());
                default -> current;
            };
        }
        return current;
    }

    /** @param codings the {@code compression} parameter, applied from first to last */
    static byte[] encode(byte[] body, String codings) {
        byte[] current = body;
        for (String coding : codings.split(",", -1)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream out = encoder(bytes, coding.strip())) {
                out.write(current);
            } catch (IOException e) {
                throw new InvalidRequest(1000, "compression failed: " + e.getMessage());
            }
            current = bytes.toByteArray();
        }
        return current;
    }

    private static OutputStream encoder(OutputStream out, String coding) throws IOException {
        return switch (coding) {
            case "gzip" -> new GZIPOutputStream(out);
            case "deflate" -> new DeflaterOutputStream(out);
            case "br", "zstd" -> throw unsupported(coding);
            default ->
                throw new InvalidRequest(1000, "compression must be gzip, deflate, br or zstd, was '" + coding + "'");
        };
    }

    private static UnsupportedCall unsupported(String coding) {
        return new UnsupportedCall(
                "compression '" + coding + "'", "use gzip or deflate, or run this script with k6 itself");
    }
}
