package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.state.Batch;
import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.wire.Backend;
import io.bookstore.simulator.wire.Endpoint;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Page;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.WireRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The batches: https://platform.openai.com/docs/api-reference/batch, and https://platform.openai.com/docs/guides/batch. */
final class OpenAiBatches {

    static final Parameters PARAMETERS = Parameters.of("OpenAI batches")
            .honoured("input_file_id", "endpoint", "metadata")
            .checked("completion_window")
            .refused("output_expires_after");

    private static final List<String> ENDPOINTS =
            List.of("/v1/responses", "/v1/chat/completions", "/v1/embeddings", "/v1/moderations");
    private static final String WINDOW = "24h";
    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final Page.Size PAGE = new Page.Size(20, 100);
    private static final String BROKEN = OpenAiErrors.body(
            Refusal.of(Kind.SERVER_ERROR, "The server had an error while processing your request. Sorry about that!"));

    private OpenAiBatches() {}

    /** @param path of all of them, with a slash at its end */
    static Stream<Endpoint> endpoints(String path) {
        String one = path + "batches/[^/]+";
        return Stream.of(
                Endpoint.replies("POST", path + "batches", OpenAiBatches::create),
                Endpoint.replies("GET", path + "batches", OpenAiBatches::list),
                Endpoint.replies("GET", one, request -> document(request, find(request))),
                Endpoint.replies("POST", one + "/cancel", OpenAiBatches::cancel));
    }

    private static String create(WireRequest request) {
        JsonNode body = request.body();
        PARAMETERS.check(body, parameter -> OpenAiInvalid.unsupportedParameter(parameter, ""), OpenAiInvalid::unknown);
        for (String required : new String[] {"input_file_id", "endpoint", "completion_window"}) {
            if (!body.path(required).isTextual()) {
                throw OpenAiInvalid.missing(required);
            }
        }
        String endpoint = body.path("endpoint").textValue();
        if (!ENDPOINTS.contains(endpoint)) {
            throw OpenAiInvalid.unsupported("endpoint", endpoint, ENDPOINTS);
        }
        String window = body.path("completion_window").textValue();
        if (!window.equals(WINDOW)) {
            throw OpenAiInvalid.unsupported("completion_window", window, "'" + WINDOW + "'");
        }
        String content = OpenAiFiles.find(request, body.path("input_file_id").textValue())
                .text();
        Batch batch = run(request, BatchInput.read(content, endpoint));
        request.backend().state().openAiBatches().put(batch, batch.created());
        return document(batch, "validating", batch.created(), null);
    }

    private static Batch run(WireRequest request, BatchInput input) {
        Backend backend = request.backend();
        JsonNode body = request.body();
        String id = "batch_" + backend.newId();
        String fields = "\"endpoint\":" + body.path("endpoint") + ",\"errors\":" + input.errors()
                + ",\"input_file_id\":" + body.path("input_file_id") + ",\"completion_window\":\"" + WINDOW
                + "\",\"metadata\":" + (body.path("metadata").isObject() ? body.path("metadata") : "null");
        Instant created = backend.now();
        if (input.errors() != null) {
            return new Batch(id, created, fields, List.of());
        }
        List<LaterAnswer> answers =
                backend.answer(id, body.path("endpoint").textValue(), input.bodies(), OpenAiBatches::check);
        List<Batch.Item> items = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            String customId = input.customIds().get(i);
            items.add(new Batch.Item(customId, answers.get(i), line(backend.newId(), customId, answers.get(i))));
        }
        return new Batch(id, created, fields, items);
    }

    private static void check(GenerationRequest request) {
        if (request.streaming()) {
            throw OpenAiInvalid.unsupportedParameter("stream", " A batch does not stream.");
        }
        if (request.format().isBackground()) {
            throw OpenAiInvalid.unsupportedParameter("background", " A batch is in the background as a whole.");
        }
    }

    /** https://platform.openai.com/docs/api-reference/batch/request-output. */
    private static String line(String id, String customId, LaterAnswer answer) {
        String body = answer.document() == null ? BROKEN : answer.document();
        return "{\"id\":\"batch_req_" + id + "\",\"custom_id\":" + Json.quote(customId)
                + ",\"response\":{\"status_code\":" + answer.status() + ",\"request_id\":\"" + id + "\",\"body\":"
                + body
                + "},\"error\":null}";
    }

    private static String list(WireRequest request) {
        List<Batch> all = request.backend().state().openAiBatches().newestFirst();
        return OpenAiFiles.list(request, all, PAGE, Batch::id, batch -> document(request, batch));
    }

    private static String cancel(WireRequest request) {
        Batch batch = find(request);
        Instant now = request.backend().now();
        if (isOver(batch, now)) {
            throw new RefusedException(
                    Kind.INVALID_REQUEST, "Cannot cancel a batch with status '" + status(batch, now) + "'.");
        }
        batch.callOff(now);
        return document(request, batch);
    }

    private static Batch find(WireRequest request) {
        String id = request.partAfter("batches");
        Batch found = request.backend().state().openAiBatches().find(id);
        if (found == null) {
            throw new RefusedException(Kind.NOT_FOUND, "No batch found with id '" + id + "'.");
        }
        return found;
    }

    private static boolean isOver(Batch batch, Instant now) {
        return batch.size() == 0 || batch.isEnded(now);
    }

    private static String status(Batch batch, Instant now) {
        if (batch.size() == 0) {
            return "failed";
        }
        boolean cancelled = batch.cancelled() != null;
        if (batch.isEnded(now)) {
            return cancelled ? "cancelled" : "completed";
        }
        return cancelled ? "cancelling" : "in_progress";
    }

    /** The document of a batch, whose files are written when it is first asked for after its end. */
    private static String document(WireRequest request, Batch batch) {
        Instant now = request.backend().now();
        if (!isOver(batch, now)) {
            return document(batch, status(batch, now), now, null);
        }
        Files files = new Files(batch, batch.lines(now, true), batch.lines(now, false));
        if (batch.firstEnd()) {
            files.write(request);
        }
        return document(batch, status(batch, now), now, files);
    }

    private static String document(Batch batch, String status, Instant now, @Nullable Files files) {
        boolean validating = status.equals("validating");
        Instant end = batch.end(now);
        Instant cancelled = batch.cancelled();
        long total = validating ? 0 : batch.size();
        return "{\"id\":\"" + batch.id() + "\",\"object\":\"batch\"," + batch.fields() + ",\"status\":\"" + status
                + "\",\"output_file_id\":" + (files == null ? "null" : files.output()) + ",\"error_file_id\":"
                + (files == null ? "null" : files.errors()) + ",\"created_at\":" + seconds(batch.created(), true)
                + ",\"in_progress_at\":" + seconds(batch.created(), !validating && batch.size() > 0)
                + ",\"expires_at\":" + seconds(batch.created().plus(LIFETIME), true)
                + ",\"finalizing_at\":" + seconds(end, status.equals("completed"))
                + ",\"completed_at\":" + seconds(end, status.equals("completed"))
                + ",\"failed_at\":" + seconds(end, status.equals("failed")) + ",\"expired_at\":null,\"cancelling_at\":"
                + seconds(cancelled == null ? end : cancelled, cancelled != null)
                + ",\"cancelled_at\":" + seconds(end, status.equals("cancelled"))
                + ",\"request_counts\":{\"total\":" + total + ",\"completed\":"
                + (validating ? 0 : batch.count(now, true)) + ",\"failed\":"
                + (validating ? 0 : batch.count(now, false)) + "}}";
    }

    private static String seconds(Instant time, boolean known) {
        return known ? String.valueOf(time.getEpochSecond()) : "null";
    }

    /** The files of a batch that has ended: the lines that succeeded and those that did not. Neither is written if it is empty. */
    private record Files(Batch batch, String succeeded, String failed) {

        String output() {
            return succeeded.isEmpty() ? "null" : Json.quote(id("file-"));
        }

        String errors() {
            return failed.isEmpty() ? "null" : Json.quote(id("file-e"));
        }

        void write(WireRequest request) {
            if (!succeeded.isEmpty()) {
                OpenAiFiles.write(request, id("file-"), batch.id() + "_output.jsonl", succeeded);
            }
            if (!failed.isEmpty()) {
                OpenAiFiles.write(request, id("file-e"), batch.id() + "_error.jsonl", failed);
            }
        }

        /** The identifiers of both are that of the batch with another prefix, so that they do not depend on who asks first. */
        private String id(String prefix) {
            return prefix + batch.id().substring("batch_".length());
        }
    }
}
