package io.bookstore.simulator.http;

import io.bookstore.simulator.draw.Fnv1a;
import io.bookstore.simulator.limit.Caller;
import io.bookstore.simulator.wire.KeyRule;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads from a request the sender it comes from. */
final class Callers {

    /**
     * The headers by which a client of OpenAI or Gemini says on whose account it asks. With the other providers the key alone
     * decides that.
     */
    private static final List<String> ORGANIZATION =
            List.of("openai-organization", "openai-project", "x-goog-user-project");

    // 48 bits keep 10,000 keys apart, and from none of them does a key follow.
    private static final int HASH_BYTES = 6;

    // A signature differs with each request; its key stands before the date:
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
    private static final Pattern signed = Pattern.compile("Credential=([^/%,\\s]+)");

    private Callers() {}

    static Caller of(KeyRule rule, HttpHeaders headers, String query) {
        String key = rule.key(headers::get, query);
        Matcher signature = signed.matcher(key + " " + query);
        String name = signature.find() ? signature.group(1) : key;
        String agent = headers.get(HttpHeaderNames.USER_AGENT, "");
        String organization =
                ORGANIZATION.stream().map(header -> headers.get(header, "")).collect(Collectors.joining(" "));
        return new Caller(
                name.isEmpty() ? "" : hash(name),
                HexFormat.of().toHexDigits((int) Fnv1a.add(Fnv1a.EMPTY, agent, 0, agent.length())),
                organization);
    }

    private static String hash(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
