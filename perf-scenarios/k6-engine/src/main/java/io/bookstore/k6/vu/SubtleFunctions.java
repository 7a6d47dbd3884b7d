package io.bookstore.k6.vu;

import io.bookstore.k6.script.GuestValues;
import io.bookstore.k6.script.HostFunctions;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.graalvm.polyglot.Value;

/** Behind {@code crypto.subtle}: the digests, HMAC and AES of the JDK. */
final class SubtleFunctions {
    private static final int BLOCK_BYTES = 16;

    void register(HostFunctions functions) {
        functions.add("subtleDigest", arguments -> {
            String algorithm = arguments[0].asString();
            byte[] input = GuestValues.bytes(arguments[1]);
            return compute(() -> MessageDigest.getInstance(algorithm).digest(input));
        });
        functions.add("subtleHmac", arguments -> {
            String algorithm = "Hmac" + arguments[0].asString().replace("SHA-", "SHA");
            byte[] key = GuestValues.bytes(arguments[1]);
            byte[] input = GuestValues.bytes(arguments[2]);
            return compute(() -> {
                Mac mac = Mac.getInstance(algorithm);
                mac.init(new SecretKeySpec(key, algorithm));
                return mac.doFinal(input);
            });
        });
        functions.add("subtleCipher", SubtleFunctions::cipher);
    }

    /** Name, whether to encrypt, key, IV or counter, bits of the tag or of the counter, additional data, data. */
    private static Object cipher(Value[] arguments) {
        String name = arguments[0].asString();
        boolean encrypt = arguments[1].asBoolean();
        byte[] key = GuestValues.bytes(arguments[2]);
        byte[] start = GuestValues.bytes(arguments[3]);
        int bits = arguments[4].asInt();
        byte[] additional = GuestValues.bytes(arguments[5]);
        byte[] input = GuestValues.bytes(arguments[6]);
        if (name.equals("AES-CTR")) {
            checkCounter(start, bits, input.length);
        }
        return compute(() -> {
            Cipher cipher = Cipher.getInstance(
                    switch (name) {
                        case "AES-GCM" -> "AES/GCM/NoPadding";
                        case "AES-CTR" -> "AES/CTR/NoPadding";
                        default -> "AES/CBC/PKCS5Padding";
                    });
            AlgorithmParameterSpec parameters =
                    name.equals("AES-GCM") ? new GCMParameterSpec(bits, start) : new IvParameterSpec(start);
            cipher.init(encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), parameters);
            if (name.equals("AES-GCM")) {
                cipher.updateAAD(additional);
            }
            return cipher.doFinal(input);
        });
    }

    /** The JDK counts with all 128 bits; fewer make a difference only where they would start over. */
    private static void checkCounter(byte[] start, int bits, int inputBytes) {
        if (bits < 1 || bits > 128) {
            throw new IllegalArgumentException("the length of a counter must be 1 to 128 bits, was " + bits);
        }
        BigInteger space = BigInteger.ONE.shiftLeft(bits);
        BigInteger first = new BigInteger(1, start).mod(space);
        long blocks = (inputBytes + BLOCK_BYTES - 1L) / BLOCK_BYTES;
        if (first.add(BigInteger.valueOf(blocks)).compareTo(space) > 0) {
            throw new IllegalArgumentException("a counter of " + bits + " bits would start over within the data");
        }
    }

    private interface Computation {
        byte[] run() throws GeneralSecurityException;
    }

    private static Object compute(Computation computation) {
        try {
            return ByteBuffer.wrap(computation.run());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()));
        }
    }
}
