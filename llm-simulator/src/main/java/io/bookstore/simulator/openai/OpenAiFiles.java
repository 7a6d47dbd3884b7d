package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.state.BoundedStore;
import io.bookstore.simulator.state.ProviderState;
import io.bookstore.simulator.state.StoredFile;
import io.bookstore.simulator.wire.Endpoint;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Page;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The files of batches, which are all that are kept: https://platform.openai.com/docs/api-reference/files. */
final class OpenAiFiles {

    static final Parameters PARAMETERS =
            Parameters.of("OpenAI files").honoured("file", "purpose").refused("expires_after");

    // Those of batches expire after 30 days, says the page.
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final Page.Size PAGE = new Page.Size(10_000, 10_000);

    private OpenAiFiles() {}

    /** @param path of all of them, with a slash at its end */
    static Stream<Endpoint> endpoints(String path) {
        String one = path + "files/[^/]+";
        return Stream.of(
                Endpoint.replies("POST", path + "files", OpenAiFiles::upload),
                Endpoint.replies(
                        "GET",
                        path + "files",
                        request -> list(
                                request, files(request).newestFirst(), PAGE, StoredFile::id, OpenAiFiles::document)),
                Endpoint.replies("GET", one, request -> document(find(request, request.partAfter("files")))),
                Endpoint.replies("DELETE", one, OpenAiFiles::delete),
                Endpoint.sends(
                        "application/octet-stream",
                        "GET",
                        one + "/content",
                        request -> find(request, request.partAfter("files")).content()));
    }

    /** A page of a list of OpenAI's. */
    static <T> String list(
            WireRequest request, List<T> all, Page.Size size, Function<T, String> id, Function<T, String> document) {
        Page<T> page = Page.after(request.parameter("after"), all, id, size, request.parameter("limit"));
        return "{\"object\":\"list\"," + page.fields(id, document) + "}";
    }

    /** @throws RefusedException if there is none of that identifier */
    static StoredFile find(WireRequest request, String id) {
        StoredFile found = files(request).find(id);
        if (found == null) {
            throw new RefusedException(Kind.NOT_FOUND, "No such File object: " + id, new Refusal.Detail("id", ""));
        }
        return found;
    }

    /** Keeps a file that a batch has written. */
    static void write(WireRequest request, String id, String name, String content) {
        keep(request, id, name, "batch_output", content);
    }

    private static String upload(WireRequest request) {
        JsonNode body = request.body();
        PARAMETERS.check(body, parameter -> OpenAiInvalid.unsupportedParameter(parameter, ""), OpenAiInvalid::unknown);
        for (String required : new String[] {"purpose", "file"}) {
            if (!body.has(required)) {
                throw OpenAiInvalid.missing(required);
            }
        }
        String purpose = body.path("purpose").asText();
        if (!purpose.equals("batch")) {
            throw OpenAiInvalid.unsupported("purpose", purpose, "'batch' (llm-simulator keeps no other files)");
        }
        JsonNode file = body.path("file");
        if (!file.path("filename").asText().endsWith(".jsonl")) {
            throw new RefusedException(Kind.INVALID_REQUEST, "Invalid file format for Batch API. Must be .jsonl");
        }
        String content = file.path("content").asText();
        if (content.length() > ProviderState.MOST_BYTES) {
            throw new RefusedException(
                    Kind.TOO_LARGE, "A file has " + ProviderState.MOST_BYTES + " bytes at most; upload several");
        }
        String id = "file-" + request.backend().newId();
        return document(keep(request, id, file.path("filename").asText(), purpose, content));
    }

    private static StoredFile keep(WireRequest request, String id, String name, String purpose, String content) {
        int bytes = content.getBytes(StandardCharsets.UTF_8).length;
        StoredFile file = new StoredFile(
                id, name, purpose, content, bytes, request.backend().now());
        files(request).put(file, file.created());
        return file;
    }

    private static String delete(WireRequest request) {
        StoredFile file = find(request, request.partAfter("files"));
        files(request).remove(file);
        return "{\"id\":" + Json.quote(file.id()) + ",\"object\":\"file\",\"deleted\":true}";
    }

    private static BoundedStore<StoredFile> files(WireRequest request) {
        return request.backend().state().files();
    }

    private static String document(StoredFile file) {
        return "{\"id\":" + Json.quote(file.id()) + ",\"object\":\"file\",\"bytes\":" + file.bytes()
                + ",\"created_at\":" + file.created().getEpochSecond() + ",\"expires_at\":"
                + file.created().plus(LIFETIME).getEpochSecond() + ",\"filename\":" + Json.quote(file.name())
                + ",\"purpose\":" + Json.quote(file.purpose())
                + ",\"status\":\"processed\",\"status_details\":null}";
    }
}
