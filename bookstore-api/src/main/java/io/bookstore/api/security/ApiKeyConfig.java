package io.bookstore.api.security;

import io.bookstore.api.digest.Sha256;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;

/**
 * A client that has a key, from {@code bookstore.security.api-keys.<name>}.
 *
 * @param name what the client is called in limits and in the scope of its idempotency keys
 * @param sha256 SHA-256 of the client's key, in hexadecimal: 64 digits
 * @param file file with the key itself, for secrets that are mounted; at least 32 characters
 * @param role what the client may do
 */
@EachProperty("bookstore.security.api-keys")
record ApiKeyConfig(
        @Parameter String name,
        @Bindable(defaultValue = "") String sha256,
        @Bindable(defaultValue = "") String file,
        @Bindable(defaultValue = "reader") Role role) {

    // A hash without salt keeps a random key secret, and not one that a person has made up.
    private static final int MIN_LENGTH = 32;

    ApiKeyConfig {
        String prefix = "bookstore.security.api-keys." + name + ".";
        if (sha256.isEmpty() == file.isEmpty()) {
            throw new IllegalArgumentException(prefix + "sha256 or " + prefix + "file must be set, and not both");
        }
        if (!file.isEmpty()) {
            sha256 = Sha256.hex(read(prefix, file).getBytes(StandardCharsets.UTF_8));
        }
        if (!sha256.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(prefix + "sha256 must be the 64 hexadecimal digits of a SHA-256");
        }
        sha256 = sha256.toLowerCase(Locale.ROOT);
    }

    /**
     * Returns whether the hash is that of this client's key; takes as long for every hash.
     *
     * @param hash in lower-case hexadecimal
     */
    boolean isHashOf(String hash) {
        return MessageDigest.isEqual(ascii(hash), ascii(sha256));
    }

    private static byte[] ascii(String digits) {
        return digits.getBytes(StandardCharsets.US_ASCII);
    }

    private static String read(String prefix, String file) {
        try {
            String key = Files.readString(Path.of(file)).strip();
            if (key.length() < MIN_LENGTH) {
                throw new IllegalArgumentException(
                        prefix + "file must hold a key of at least " + MIN_LENGTH + " characters: " + file);
            }
            return key;
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(prefix + "file cannot be read: " + file, e);
        }
    }
}
