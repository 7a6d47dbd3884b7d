package io.bookstore.k6.vu;

import io.bookstore.k6.script.GuestValues;
import io.bookstore.k6.script.HostFunctions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.graalvm.polyglot.Value;

/** Behind modules {@code k6/data} and {@code k6/encoding}. */
final class DataFunctions {
    private final VirtualUser vu;

    DataFunctions(VirtualUser vu) {
        this.vu = vu;
    }

    void register(HostFunctions functions) {
        SharedArrays arrays = vu.run().shared().arrays();
        functions.add(
                "sharedArray",
                arguments -> arrays.lengthOf(arguments[0].asString(), () -> texts(arguments[1].execute())));
        functions.add("sharedElement", arguments -> arrays.element(arguments[0].asString(), arguments[1].asInt()));
        functions.add(
                "base64Encode",
                arguments -> encoder(arguments[1].asString()).encodeToString(GuestValues.bytes(arguments[0])));
        functions.add(
                "base64Decode",
                arguments -> ByteBuffer.wrap(decoder(arguments[1].asString()).decode(arguments[0].asString())));
        functions.add("utf8", arguments -> new String(GuestValues.bytes(arguments[0]), StandardCharsets.UTF_8));
    }

    private static String[] texts(Value array) {
        String[] texts = new String[Math.toIntExact(array.getArraySize())];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = array.getArrayElement(i).asString();
        }
        return texts;
    }

    private static Base64.Encoder encoder(String encoding) {
        return switch (encoding) {
            case "std" -> Base64.getEncoder();
            case "rawstd" -> Base64.getEncoder().withoutPadding();
            case "url" -> Base64.getUrlEncoder();
            case "rawurl" -> Base64.getUrlEncoder().withoutPadding();
            default -> throw unknown(encoding);
        };
    }

    private static Base64.Decoder decoder(String encoding) {
        return switch (encoding) {
            case "std", "rawstd" -> Base64.getDecoder();
            case "url", "rawurl" -> Base64.getUrlDecoder();
            default -> throw unknown(encoding);
        };
    }

    private static IllegalArgumentException unknown(String encoding) {
        return new IllegalArgumentException("encoding '" + encoding + "' is none of std, rawstd, url and rawurl");
    }
}
