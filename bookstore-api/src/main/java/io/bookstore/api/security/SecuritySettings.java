package io.bookstore.api.security;

import io.bookstore.api.startup.SafeAddress;
import io.micronaut.context.env.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** The security settings of the framework: it guards the routes as soon as there is a key or a way to check tokens. */
public final class SecuritySettings {

    private static final String JWT = "bookstore.security.jwt.";
    private static final String MICRONAUT = "micronaut.security.";

    private SecuritySettings() {}

    /**
     * Adds the framework's settings to {@code settings}.
     *
     * @throws IllegalArgumentException naming the key and the rule
     */
    public static void derive(Environment environment, Map<String, Object> settings) {
        String jwksUrl = text(environment, JWT + "jwks-url");
        String secretFile = text(environment, JWT + "secret-file");
        boolean tokens = !jwksUrl.isEmpty() || !secretFile.isEmpty();
        // Without a signature to check against, the framework would believe an unsigned token.
        settings.put(MICRONAUT + "token.jwt.enabled", tokens);
        if (!tokens && !environment.containsProperties("bookstore.security.api-keys")) {
            settings.put(MICRONAUT + "enabled", false);
            return;
        }
        settings.put(MICRONAUT + "enabled", true);
        // What is not there is 404 for everybody; to name it tells nothing.
        settings.put(MICRONAUT + "reject-not-found", false);
        settings.put(MICRONAUT + "basic-auth.enabled", false);
        if (!jwksUrl.isEmpty()) {
            settings.put(MICRONAUT + "token.jwt.signatures.jwks.main.url", address(jwksUrl));
        }
        if (!secretFile.isEmpty()) {
            settings.put(MICRONAUT + "token.jwt.signatures.secret.validation.secret", secret(secretFile));
        }
        settings.put(MICRONAUT + "token.jwt.claims-validators.not-before", true);
        copy(environment, "issuer", settings, "token.jwt.claims-validators.issuer");
        copy(environment, "audience", settings, "token.jwt.claims-validators.audience");
        copy(environment, "roles-claim", settings, "token.roles-name");
    }

    private static void copy(Environment environment, String key, Map<String, Object> settings, String target) {
        String value = text(environment, JWT + key);
        if (!value.isEmpty()) {
            settings.put(MICRONAUT + target, value);
        }
    }

    private static String text(Environment environment, String key) {
        return environment.getProperty(key, String.class).orElse("").strip();
    }

    private static String address(String jwksUrl) {
        if (!jwksUrl.matches("https?://\\S+")) {
            throw new IllegalArgumentException(
                    JWT + "jwks-url must be an http or https address, was " + SafeAddress.of(jwksUrl));
        }
        return jwksUrl;
    }

    private static String secret(String file) {
        String key = JWT + "secret-file";
        try {
            String secret = Files.readString(Path.of(file)).strip();
            if (secret.getBytes(StandardCharsets.UTF_8).length < 32) {
                throw new IllegalArgumentException(key + " must hold at least 32 bytes, for HS256: " + file);
            }
            return secret;
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(key + " cannot be read: " + file, e);
        }
    }
}
