package io.bookstore.simulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.image.DocumentBytes;
import io.bookstore.simulator.state.BoundedStore;
import io.bookstore.simulator.state.ProviderState;
import io.bookstore.simulator.state.StoredFile;
import io.bookstore.simulator.wire.Endpoint;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Page;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files that messages may name: https://docs.claude.com/en/docs/build-with-claude/files. */
final class AnthropicFiles {

    static final Parameters PARAMETERS = Parameters.of("Anthropic files").honoured("file", "expires_in_seconds");

    private static final String PATH = "/v1/files";
    private static final Page.Size PAGE = new Page.Size(20, 1_000);

    // Its length, and what it must not have: the page's list of errors.
    private static final Pattern filename = Pattern.compile("[^<>:\"|?*\\\\/\\x00-\\x1F]{1,255}");

    private AnthropicFiles() {}

    static Stream<Endpoint> endpoints() {
        String one = PATH + "/[^/]+";
        return Stream.of(
                Endpoint.replies("POST", PATH, inBeta(AnthropicFiles::upload)),
                Endpoint.replies("GET", PATH, inBeta(AnthropicFiles::list)),
                Endpoint.replies("GET", one, inBeta(request -> document(find(request, id(request))))),
                Endpoint.replies("DELETE", one, inBeta(AnthropicFiles::delete)),
                Endpoint.sendsBytes("GET", one + "/content", inBeta(AnthropicFiles::content)));
    }

    /** A route that is not there without the header of the beta. */
    private static Function<WireRequest, String> inBeta(Function<WireRequest, String> reply) {
        return request -> {
            if (!AnthropicBetas.of(request).has(AnthropicBetas.FILES)) {
                throw new RefusedException(Kind.NOT_FOUND, "Not Found");
            }
            return reply.apply(request);
        };
    }

    /** @throws RefusedException if there is none of that identifier */
    static StoredFile find(WireRequest request, String id) {
        StoredFile found = files(request).find(id);
        if (found == null || found.isExpired(request.backend().now())) {
            throw missing(id);
        }
        return found;
    }

    static RefusedException missing(String id) {
        return new RefusedException(Kind.NOT_FOUND, "File not found: " + id);
    }

    private static String id(WireRequest request) {
        return request.partAfter("files");
    }

    private static String upload(WireRequest request) {
        JsonNode body = request.body();
        PARAMETERS.check(body, AnthropicFiles::unknown, AnthropicFiles::unknown);
        JsonNode file = body.path("file");
        byte[] content = DocumentBytes.ofUpload(file);
        if (content == null) {
            throw AnthropicRequest.invalid("file: Field required");
        }
        String name = file.path("filename").asText();
        if (!filename.matcher(name).matches()) {
            throw AnthropicRequest.invalid("Invalid filename: it must have 1 to 255 characters and none of <, >, :, \","
                    + " |, ?, *, \\, / and those from 0 to 31");
        }
        if (content.length > ProviderState.MOST_BYTES) {
            throw new RefusedException(
                    Kind.TOO_LARGE, "llm-simulator keeps files of " + ProviderState.MOST_BYTES + " bytes at most");
        }
        Integer seconds = seconds(body.path("expires_in_seconds"));
        Instant now = request.backend().now();
        StoredFile kept = new StoredFile(
                "file_01" + request.backend().newId(),
                name,
                type(file.path("type").asText(""), name),
                new String(content, StandardCharsets.ISO_8859_1),
                now,
                seconds == null ? null : now.plusSeconds(seconds));
        files(request).put(kept, kept.created());
        return document(kept);
    }

    /** Null if the file is kept until it is deleted. */
    private static @Nullable Integer seconds(JsonNode wanted) {
        if (wanted.isMissingNode()) {
            return null;
        }
        if (!wanted.asText().matches("[1-9][0-9]{0,8}")) {
            throw AnthropicRequest.invalid("expires_in_seconds: Input should be a valid integer greater than 0");
        }
        return Integer.valueOf(wanted.asText());
    }

    private static RefusedException unknown(String parameter) {
        return AnthropicRequest.invalid(parameter + ": Extra inputs are not permitted");
    }

    /** The type that a form tells; a client that knows none is helped by the name. */
    private static String type(String told, String name) {
        if (!told.isEmpty() && !told.equals("application/octet-stream")) {
            return told;
        }
        return name.endsWith(".pdf")
                ? "application/pdf"
                : name.endsWith(".txt") ? "text/plain" : "application/octet-stream";
    }

    private static String list(WireRequest request) {
        List<StoredFile> all = new ArrayList<>(files(request).newestFirst());
        List<String> ids = request.parameters("ids");
        Instant now = request.backend().now();
        all.removeIf(file -> file.isExpired(now) || !ids.isEmpty() && !ids.contains(file.id()));
        String after = request.parameter("page");
        String before = request.parameter("before_id");
        String limit = request.parameter("limit");
        Page<StoredFile> page = before.isEmpty()
                ? Page.after(after.isEmpty() ? request.parameter("after_id") : after, all, StoredFile::id, PAGE, limit)
                : Page.before(before, all, StoredFile::id, PAGE, limit);
        // Older clients go on after the last identifier, newer ones with the next page.
        String next = page.more()
                ? Json.quote(page.items().get(page.items().size() - 1).id())
                : "null";
        return "{" + page.fields(StoredFile::id, AnthropicFiles::document) + ",\"next_page\":" + next + "}";
    }

    private static String delete(WireRequest request) {
        StoredFile file = find(request, id(request));
        files(request).remove(file);
        return "{\"id\":" + Json.quote(file.id()) + ",\"type\":\"file_deleted\"}";
    }

    /** Only files that a tool of Anthropic has written are sent back, and those are not simulated. */
    private static String content(WireRequest request) {
        throw AnthropicRequest.invalid("File " + find(request, id(request)).id() + " is not downloadable.");
    }

    private static BoundedStore<StoredFile> files(WireRequest request) {
        return request.backend().state().anthropicFiles();
    }

    /** The type of the bytes is kept in the place of a purpose. */
    private static String document(StoredFile file) {
        return "{\"id\":" + Json.quote(file.id()) + ",\"type\":\"file\",\"filename\":" + Json.quote(file.name())
                + ",\"mime_type\":" + Json.quote(file.purpose()) + ",\"size_bytes\":" + file.bytes()
                + ",\"created_at\":\"" + file.created() + "\",\"expires_at\":"
                + (file.expires() == null ? "null" : "\"" + file.expires() + "\"")
                + ",\"downloadable\":false}";
    }
}
