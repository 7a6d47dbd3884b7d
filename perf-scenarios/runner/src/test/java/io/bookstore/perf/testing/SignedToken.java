package io.bookstore.perf.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Tokens that are signed with one key: JSON web tokens (RFC 7519) by HS256. */
record SignedToken(String key) {

    private static final String HEADER =
            encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    String sign(String claims) {
        String signed = HEADER + "." + encoded(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + signature(signed);
    }

    /** The claims of a token; null if this key has not signed it. */
    @Nullable
    String claims(String token) {
        int end = token.lastIndexOf('.');
        String[] parts = token.split("\\.");
        if (parts.length != 3 || !MessageDigest.isEqual(bytes(parts[2]), bytes(signature(token.substring(0, end))))) {
            return null;
        }
        return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    }

    private String signature(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
            return encoded(mac.doFinal(bytes(signed)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
