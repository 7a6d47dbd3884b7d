package io.bookstore.simulator.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text or the number of pages of a document, as far as its bytes show them. */
public final class DocumentBytes {

    private static final String PDF = "%PDF";
    private static final Pattern page = Pattern.compile("/Type\\s*/Page(?![a-zA-Z])");

    private DocumentBytes() {}

    /** The bytes of a file in a form; null if it is none, such as a text in a body of JSON. */
    public static byte @Nullable [] ofUpload(JsonNode file) {
        return file.path("content") instanceof BinaryNode content ? content.binaryValue() : null;
    }

    /** The bytes of base64; those up to its first fault, since a long body has only its beginning. */
    public static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            int whole = base64.length() / 4 * 4;
            return whole == base64.length() ? new byte[0] : decoded(base64.substring(0, whole));
        }
    }

    /** The number of bytes of base64, which is not decoded for it; line breaks do not count, nor what follows the padding. */
    public static int length(String base64) {
        long digits = 0;
        for (int i = 0; i < base64.length() && base64.charAt(i) != '='; i++) {
            digits += isDigit(base64.charAt(i)) ? 1 : 0;
        }
        return Math.toIntExact(digits * 3 / 4);
    }

    private static boolean isDigit(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }

    /** The text of the bytes; null if they are no text, which a PDF is not either. */
    public static @Nullable String text(byte[] bytes) {
        if (bytes.length == 0
                || new String(bytes, 0, Math.min(PDF.length(), bytes.length), StandardCharsets.ISO_8859_1)
                        .equals(PDF)) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf(0) < 0 ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The pages that a PDF names (ISO 32000-1, 7.7.3); 1 where they are not seen, as in a file whose objects are compressed. */
    public static int pages(byte[] bytes) {
        int pages = 0;
        for (Matcher next = page.matcher(new String(bytes, StandardCharsets.ISO_8859_1)); next.find(); ) {
            pages++;
        }
        return Math.max(1, pages);
    }
}
