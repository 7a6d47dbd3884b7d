package io.bookstore.simulator.anthropic;

import io.bookstore.simulator.draw.Fnv1a;
import io.bookstore.simulator.wire.Answer.Thoughts;
import io.bookstore.simulator.wire.ToolCall;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The signature of thoughts and the data of redacted ones: https://platform.claude.com/docs/en/build-with-claude/thinking.
 * Each holds the tokens that it stands for, and a check over the text that it belongs to.
 */
final class ThoughtSeal {

    private static final String SIGNATURE_BEGIN = "EqQBCkYIARgCKkA";
    private static final String DATA_BEGIN = "EmwKAhgBEgy";
    private static final int RADIX = 36;
    private static final int TOKEN_DIGITS = 8;
    private static final int CHECK_DIGITS = 13; // of 64 bits

    // The provider's own are longer than ours, and cannot be checked here: a recorded history is taken as it is.
    private static final Pattern foreign = Pattern.compile("[A-Za-z0-9+/]{100,}={0,2}");

    private ThoughtSeal() {}

    /** The signature of thoughts that are shown or left out. */
    static String signature(Thoughts thoughts) {
        return seal(SIGNATURE_BEGIN, thoughts.mark(), thoughts.tokens(), thoughts.text());
    }

    /** The data of thoughts that are redacted. */
    static String data(Thoughts thoughts) {
        return seal(DATA_BEGIN, thoughts.mark(), thoughts.tokens(), "");
    }

    /** The tokens behind a signature of ours that belongs to the text; empty if it is none. */
    static OptionalInt tokensOfSignature(String signature, String text) {
        return tokens(SIGNATURE_BEGIN, signature, text);
    }

    /** The tokens behind data of ours; empty if they are none. */
    static OptionalInt tokensOfData(String data) {
        return tokens(DATA_BEGIN, data, "");
    }

    /** Returns whether it has the form of a signature of ours, whatever text it belongs to. */
    static boolean isOurs(String signature) {
        return signature.startsWith(SIGNATURE_BEGIN)
                && signature.length() == SIGNATURE_BEGIN.length() + ToolCall.ID_LENGTH + TOKEN_DIGITS + CHECK_DIGITS;
    }

    /** Returns whether the provider itself may have made it, or one of its other homes. */
    static boolean isForeign(String seal) {
        return foreign.matcher(seal).matches();
    }

    private static String seal(String begin, String mark, int tokens, String text) {
        return begin + mark + digits(tokens, TOKEN_DIGITS) + check(mark, tokens, text);
    }

    private static OptionalInt tokens(String begin, String seal, String text) {
        int tokensAt = begin.length() + ToolCall.ID_LENGTH;
        int checkAt = tokensAt + TOKEN_DIGITS;
        if (!seal.startsWith(begin) || seal.length() != checkAt + CHECK_DIGITS) {
            return OptionalInt.empty();
        }
        try {
            int tokens = Integer.parseInt(seal.substring(tokensAt, checkAt).toLowerCase(Locale.ROOT), RADIX);
            String mark = seal.substring(begin.length(), tokensAt);
            return tokens >= 0 && seal(begin, mark, tokens, text).equals(seal)
                    ? OptionalInt.of(tokens)
                    : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private static String check(String mark, int tokens, String text) {
        long hash = Fnv1a.add(Fnv1a.EMPTY, mark, 0, mark.length());
        return digits(Fnv1a.add(Fnv1a.add(hash, tokens), text, 0, text.length()), CHECK_DIGITS);
    }

    private static String digits(long number, int length) {
        String digits = Long.toUnsignedString(number, RADIX).toUpperCase(Locale.ROOT);
        return "0".repeat(length - digits.length()) + digits;
    }
}
