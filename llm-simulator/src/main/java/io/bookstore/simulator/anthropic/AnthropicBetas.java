package io.bookstore.simulator.anthropic;

import io.bookstore.simulator.state.StoredFile;
import io.bookstore.simulator.wire.WireRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;

/**
 * The betas that a request asks for: https://docs.claude.com/en/api/beta-headers.
 *
 * @param names as they are in the header
 * @param files finds a file by its identifier
 */
record AnthropicBetas(Set<String> names, Function<String, StoredFile> files) {

    static final String INTERLEAVED = "interleaved-thinking-2025-05-14";
    static final String FILES = "files-api-2025-04-14";

    AnthropicBetas {
        names = Set.copyOf(names);
    }

    /** Those of the header, separated by commas. */
    static AnthropicBetas of(WireRequest request) {
        String header = request.header().apply("anthropic-beta");
        Set<String> names = header == null
                ? Set.of()
                : Set.copyOf(Arrays.asList(header.trim().split(" *, *")));
        return new AnthropicBetas(names, id -> AnthropicFiles.find(request, id));
    }

    /** Those of a body on Bedrock, where there are no files. */
    static AnthropicBetas withoutFiles(Set<String> names) {
        return new AnthropicBetas(names, id -> {
            throw AnthropicFiles.missing(id);
        });
    }

    boolean has(String name) {
        return names.contains(name);
    }
}
