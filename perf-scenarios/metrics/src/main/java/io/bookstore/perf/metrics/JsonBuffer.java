package io.bookstore.perf.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes on their way to a file; numbers and plain text get there without an object in between. */
final class JsonBuffer {
    private static final int FLUSH_AT = 1 << 16;

    private final OutputStream out;
    private byte[] bytes = new byte[256];
    private int length;

    JsonBuffer(OutputStream out) {
        this.out = out;
    }

    JsonBuffer raw(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    JsonBuffer raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A JSON string with its quotes. */
    JsonBuffer quoted(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (c < ' ') {
                        escaped.append(String.format("\\u%04x", (int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return raw(escaped.append('"').toString());
    }

    /** The shortest way to write whole numbers and nanoseconds given as milliseconds; the JDK's way for the rest. */
    JsonBuffer number(double value) {
        double millionths = value * 1e6;
        long rounded = Math.round(millionths);
        if (Math.abs(millionths) > 9e15 || rounded / 1e6 != value) {
            return raw(Double.isFinite(value) ? Double.toString(value) : "null");
        }
        reserve(24);
        if (rounded < 0) {
            bytes[length++] = '-';
            rounded = -rounded;
        }
        writeWhole(rounded / 1_000_000);
        int fraction = (int) (rounded % 1_000_000);
        if (fraction != 0) {
            bytes[length++] = '.';
            digits(fraction, 6);
            while (bytes[length - 1] == '0') {
                length--;
            }
        }
        return this;
    }

    JsonBuffer whole(long value) {
        reserve(20);
        if (value < 0) {
            bytes[length++] = '-';
        }
        writeWhole(Math.abs(value));
        return this;
    }

    /** Exactly {@code count} digits, with leading zeros. */
    JsonBuffer digits(int value, int count) {
        reserve(count);
        int rest = value;
        for (int i = count - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
        return this;
    }

    byte[] takeBytes() {
        byte[] taken = Arrays.copyOf(bytes, length);
        length = 0;
        return taken;
    }

    void endLine() throws IOException {
        reserve(1);
        bytes[length++] = '\n';
        if (length >= FLUSH_AT) {
            flush();
        }
    }

    void flush() throws IOException {
        out.write(bytes, 0, length);
        length = 0;
        out.flush();
    }

    private void writeWhole(long value) {
        int start = length;
        long rest = value;
        do {
            bytes[length++] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        for (int left = start, right = length - 1; left < right; left++, right--) {
            byte swapped = bytes[left];
            bytes[left] = bytes[right];
            bytes[right] = swapped;
        }
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
