package io.bookstore.api.http.validation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Strict decoding of the parts of an address: what is not UTF-8 is refused, where the server would replace it. */
final class PercentEncoding {

    private PercentEncoding() {}

    /** The text; null if an escape is broken or the bytes are not UTF-8. */
    static @Nullable String decoded(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        int at = 0;
        while (at < encoded.length()) {
            int next = encoded.indexOf('%', at);
            if (next != at) {
                int end = next < 0 ? encoded.length() : next;
                bytes.writeBytes(encoded.substring(at, end).getBytes(StandardCharsets.UTF_8));
                at = end;
                continue;
            }
            int high = at + 1 < encoded.length() ? Character.digit(encoded.charAt(at + 1), 16) : -1;
            int low = at + 2 < encoded.length() ? Character.digit(encoded.charAt(at + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            bytes.write(high * 16 + low);
            at += 3;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
