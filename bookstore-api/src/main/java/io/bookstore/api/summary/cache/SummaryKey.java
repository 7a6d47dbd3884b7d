package io.bookstore.api.summary.cache;

import io.bookstore.api.digest.Sha256;
import io.bookstore.api.llm.call.LlmRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The name of a summary in the cache: a hash of everything it depends on, so a changed book has another name. */
public final class SummaryKey {

    private SummaryKey() {}

    /** @param origin the address of the provider */
    public static String of(LlmRequest request, String origin) {
        MessageDigest digest = Sha256.begin();
        for (String part : new String[] {
            request.provider(),
            // An instance with a real key must not find in Redis what the simulator or a gateway wrote for another.
            origin,
            request.model(),
            // Who chose a provider must not get what another one wrote in its place.
            Boolean.toString(request.pinned()),
            Double.toString(request.parameters().temperature()),
            Integer.toString(request.parameters().maxOutputTokens()),
            request.promptVersion(),
            request.instructions(),
            request.input()
        }) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            // With the length in front, no two lists of parts give the same bytes.
            digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) ':');
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
