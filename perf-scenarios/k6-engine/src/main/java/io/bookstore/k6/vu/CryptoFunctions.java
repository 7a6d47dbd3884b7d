package io.bookstore.k6.vu;

import io.bookstore.k6.script.GuestValues;
import io.bookstore.k6.script.HostFunctions;
import io.bookstore.k6.script.UnsupportedCall;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.graalvm.polyglot.Value;

/** Behind module {@code k6/crypto} and the global {@code crypto}. */
final class CryptoFunctions {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** k6's names and the JDK's. */
    private static final Map<String, String> ALGORITHMS = Map.of(
            "md5", "MD5",
            "sha1", "SHA-1",
            "sha256", "SHA-256",
            "sha384", "SHA-384",
            "sha512", "SHA-512",
            "sha512_224", "SHA-512/224",
            "sha512_256", "SHA-512/256");

    private static final Set<String> NOT_IN_THE_JDK = Set.of("md4", "ripemd160");

    void register(HostFunctions functions) {
        functions.add("randomUuid", arguments -> UUID.randomUUID().toString());
        functions.add("randomBytes", arguments -> {
            if (!arguments[0].fitsInInt() || arguments[0].asInt() < 1) {
                throw new IllegalArgumentException("randomBytes() needs a whole number from 1, got " + arguments[0]);
            }
            byte[] bytes = new byte[arguments[0].asInt()];
            RANDOM.nextBytes(bytes);
            return ByteBuffer.wrap(bytes);
        });
        functions.add("newHash", arguments -> new Digest(hash(arguments[0].asString())));
        functions.add(
                "newHmac", arguments -> new Digest(hmac(arguments[0].asString(), GuestValues.bytes(arguments[1]))));
        functions.add("digestUpdate", arguments -> {
            Digest digest = arguments[0].asHostObject();
            digest.input.writeBytes(GuestValues.bytes(arguments[1]));
            return null;
        });
        functions.add("digestResult", arguments -> {
            Digest digest = arguments[0].asHostObject();
            return ByteBuffer.wrap(digest.result());
        });
        functions.add("encodeBytes", CryptoFunctions::encode);
    }

    private interface Function {
        byte[] apply(byte[] input) throws GeneralSecurityException;
    }

    /** Keeps its input, so that {@code digest()} can be asked again after more of it, as in k6. */
    private static final class Digest {
        private final Function function;
        private final ByteArrayOutputStream input = new ByteArrayOutputStream();

        Digest(Function function) {
            this.function = function;
        }

        byte[] result() {
            try {
                return function.apply(input.toByteArray());
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("this JVM cannot compute it: " + e.getMessage());
            }
        }
    }

    private static Function hash(String name) {
        String algorithm = algorithm(name);
        return input -> MessageDigest.getInstance(algorithm).digest(input);
    }

    private static Function hmac(String name, byte[] secret) {
        String algorithm = "Hmac" + algorithm(name).replace("SHA-", "SHA");
        return input -> {
            Mac mac = Mac.getInstance(algorithm);
            // The JDK refuses an empty key; a key of zeros is the same one to HMAC.
            mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, algorithm));
            return mac.doFinal(input);
        };
    }

    private static String algorithm(String name) {
        String algorithm = ALGORITHMS.get(name);
        if (NOT_IN_THE_JDK.contains(name)) {
            throw new UnsupportedCall("crypto algorithm '" + name + "'", "run this script with k6 itself");
        }
        if (algorithm == null) {
            throw new IllegalArgumentException("crypto algorithm '%s' is none of %s"
                    .formatted(name, ALGORITHMS.keySet().stream().sorted().toList()));
        }
        return algorithm;
    }

    private static String encode(Value[] arguments) {
        byte[] bytes = GuestValues.bytes(arguments[0]);
        String encoding = arguments[1].asString();
        return switch (encoding) {
            case "hex" -> HexFormat.of().formatHex(bytes);
            case "base64" -> Base64.getEncoder().encodeToString(bytes);
            case "base64url" -> Base64.getUrlEncoder().encodeToString(bytes);
            case "base64rawurl" -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            default ->
                throw new IllegalArgumentException("output encoding '" + encoding
                        + "' is none of hex, base64, base64url, base64rawurl and binary");
        };
    }
}
