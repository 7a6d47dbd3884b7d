package io.bookstore.api.security;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One client that has a key, from {@code bookstore.security.api-keys.<name>}.
 *
 * @param name what the client is called in limits and in the scope of its idempotency keys
 * @param sha256 the SHA-256 of the key, in hexadecimal; after construction always there
 * @param file a file with the key itself, read at start; empty if there is the hash
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
            sha256 = HexFormat.of().formatHex(sha256Of(read(prefix, file)));
        }
        if (!sha256.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(prefix + "sha256 must be the 64 hexadecimal digits of a SHA-256");
        }
    }

    /** Whether the key is this client's; takes as long for every key. */
    boolean isHashOf(byte[] hash) {
        return MessageDigest.isEqual(hash, HexFormat.of().parseHex(sha256));
    }

    static byte[] sha256Of(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
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
