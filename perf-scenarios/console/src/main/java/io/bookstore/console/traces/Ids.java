package io.bookstore.console.traces;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Ids of traces and spans. */
final class Ids {

    private Ids() {}

    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    /** Returns null for the parent of a first span, which is empty or all zeros. */
    static @Nullable String hexOrNull(ByteString id) {
        String hex = hex(id);
        return hex.chars().allMatch(digit -> digit == '0') ? null : hex;
    }

    /** @throws IllegalArgumentException if it has another length than OpenTelemetry's ids of this kind */
    static void check(String name, ByteString id, int bytes) {
        if (id.size() != bytes) {
            throw new IllegalArgumentException(name + " must have " + bytes + " bytes, has " + id.size());
        }
    }
}
