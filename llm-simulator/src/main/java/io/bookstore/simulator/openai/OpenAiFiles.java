package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.bookstore.simulator.image.DocumentBytes;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of all purposes: https://platform.openai.com/docs/api-reference/files. */
final class OpenAiFiles {

    static final Parameters PARAMETERS = Parameters.of("OpenAI files").honoured("file", "purpose", "expires_after");

    // Those of batches expire after 30 days, says the page; all others stay until they are deleted.
    private static final int BATCH_SECONDS = (int) Duration.ofDays(30).toSeconds();
    private static final int LEAST_SECONDS = (int) Duration.ofHours(1).toSeconds();
    private static final String EXPIRY = "expires_after";

    private static final List<String> PURPOSES =
            List.of("fine-tune", "assistants", "batch", "user_data", "responses", "vision", "evals");
    private static final Map<String, String> LINES = Map.of("batch", "Batch API", "fine-tune", "Fine-Tuning API");
    private static final Set<String> NOT_SENT_BACK = Set.of("assistants", "user_data", "responses");
    private static final Page.Size PAGE = new Page.Size(10_000, 10_000);

    private OpenAiFiles() {}

    /** @param path of all of them, with a slash at its end */
    static Stream<Endpoint> endpoints(String path) {
        String one = path + "files/[^/]+";
        return Stream.of(
                Endpoint.replies("POST", path + "files", OpenAiFiles::upload),
                Endpoint.replies("GET", path + "files", OpenAiFiles::list),
                Endpoint.replies("GET", one, request -> document(find(request, request.partAfter("files")))),
                Endpoint.replies("DELETE", one, OpenAiFiles::delete),
                Endpoint.sendsBytes("GET", one + "/content", OpenAiFiles::content));
    }

    /** A page of a list of OpenAI's. */
    static <T> String list(
            WireRequest request, List<T> all, Page.Size size, Function<T, String> id, Function<T, String> document) {
        Page<T> page = Page.after(request.parameter("after"), all, id, size, request.parameter("limit"));
        return "{\"object\":\"list\"," + page.fields(id, document) + "}";
    }

    private static String list(WireRequest request) {
        String purpose = request.parameter("purpose");
        Instant now = request.backend().now();
        List<StoredFile> all = new ArrayList<>(files(request).newestFirst());
        all.removeIf(file ->
                file.isExpired(now) || !purpose.isEmpty() && !file.purpose().equals(purpose));
        if (request.parameter("order").equals("asc")) {
            Collections.reverse(all);
        }
        return list(request, all, PAGE, StoredFile::id, OpenAiFiles::document);
    }

    /** @throws RefusedException if there is none of that identifier */
    static StoredFile find(WireRequest request, String id) {
        StoredFile found = files(request).find(id);
        if (found == null || found.isExpired(request.backend().now())) {
            throw new RefusedException(Kind.NOT_FOUND, "No such File object: " + id, new Refusal.Detail("id", ""));
        }
        return found;
    }

    private static String content(WireRequest request) {
        StoredFile file = find(request, request.partAfter("files"));
        if (NOT_SENT_BACK.contains(file.purpose())) {
            throw new RefusedException(
                    Kind.INVALID_REQUEST, "Not allowed to download files of purpose: " + file.purpose());
        }
        return file.content();
    }

    /** Keeps a file that a batch has written. */
    static void write(WireRequest request, String id, String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        keep(request, id, name, "batch_output", bytes, BATCH_SECONDS);
    }

    private static String upload(WireRequest request) {
        JsonNode body = request.body();
        PARAMETERS.check(body, parameter -> OpenAiInvalid.unsupportedParameter(parameter, ""), OpenAiInvalid::unknown);
        if (!body.has("purpose")) {
            throw OpenAiInvalid.missing("purpose");
        }
        String purpose = body.path("purpose").asText();
        if (!PURPOSES.contains(purpose)) {
            throw OpenAiInvalid.withoutCode(
                    "'" + purpose + "' is not one of "
                            + PURPOSES.stream().collect(Collectors.joining("', '", "['", "']")) + " - 'purpose'",
                    "");
        }
        JsonNode file = body.path("file");
        byte[] content = DocumentBytes.ofUpload(file);
        if (content == null) {
            throw OpenAiInvalid.missing("file");
        }
        String api = LINES.get(purpose);
        if (api != null && !file.path("filename").asText().endsWith(".jsonl")) {
            throw new RefusedException(Kind.INVALID_REQUEST, "Invalid file format for " + api + ". Must be .jsonl");
        }
        Integer seconds = seconds(body.path(EXPIRY), purpose);
        if (content.length > ProviderState.MOST_BYTES) {
            throw new RefusedException(
                    Kind.TOO_LARGE, "A file has " + ProviderState.MOST_BYTES + " bytes at most; upload several");
        }
        String id = "file-" + request.backend().newId();
        return document(keep(request, id, file.path("filename").asText(), purpose, content, seconds));
    }

    /** The seconds for which a file is kept; null if that is until it is deleted. */
    private static @Nullable Integer seconds(JsonNode expiry, String purpose) {
        if (expiry.isMissingNode() || expiry.isNull()) {
            return purpose.equals("batch") ? BATCH_SECONDS : null;
        }
        String anchor = expiry.path("anchor").asText();
        if (!anchor.equals("created_at")) {
            throw OpenAiInvalid.unsupported(EXPIRY + ".anchor", anchor, "'created_at'");
        }
        JsonNode seconds = expiry.path("seconds");
        if (!seconds.asText().matches("[0-9]{1,9}")) {
            throw OpenAiInvalid.wrongType(EXPIRY + ".seconds", "an integer");
        }
        int wanted = Integer.parseInt(seconds.asText());
        if (wanted < LEAST_SECONDS) {
            throw OpenAiInvalid.belowMinimum(EXPIRY + ".seconds", "integer", LEAST_SECONDS, IntNode.valueOf(wanted));
        }
        if (wanted > BATCH_SECONDS) {
            throw OpenAiInvalid.aboveMaximum(EXPIRY + ".seconds", "integer", BATCH_SECONDS, IntNode.valueOf(wanted));
        }
        return wanted;
    }

    private static StoredFile keep(
            WireRequest request, String id, String name, String purpose, byte[] content, @Nullable Integer seconds) {
        Instant now = request.backend().now();
        String bytes = new String(content, StandardCharsets.ISO_8859_1);
        StoredFile file =
                new StoredFile(id, name, purpose, bytes, now, seconds == null ? null : now.plusSeconds(seconds));
        files(request).put(file, now);
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
        Instant expires = file.expires();
        return "{\"id\":" + Json.quote(file.id()) + ",\"object\":\"file\",\"bytes\":" + file.bytes()
                + ",\"created_at\":" + file.created().getEpochSecond() + ",\"expires_at\":"
                + (expires == null ? "null" : expires.getEpochSecond()) + ",\"filename\":" + Json.quote(file.name())
                + ",\"purpose\":" + Json.quote(file.purpose())
                + ",\"status\":\"processed\",\"status_details\":null}";
    }
}
