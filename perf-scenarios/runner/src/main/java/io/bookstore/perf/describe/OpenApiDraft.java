package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.PerfException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor that an OpenAPI document leads to.
 *
 * @param why the signs by which the operation was chosen; empty if the user named it
 */
public record OpenApiDraft(DescriptorDraft descriptor, String why) {

    /**
     * Drafts a descriptor.
     *
     * @param baseUrl   address of the service; null for that of the document
     * @param operation an operation id, or {@code POST /path}; null for the one that seems to ask a model
     * @throws PerfException if no operation stands out, or the document is not sound where it is described
     */
    public static OpenApiDraft of(OpenApiDocument document, @Nullable String baseUrl, @Nullable String operation) {
        OperationChoice choice =
                operation == null ? OperationChoice.ranked(document) : OperationChoice.named(operation, document);
        return new OpenApiDraft(new Drafting(document, choice.operation()).draft(baseUrl), choice.why());
    }

    /** The parts of a descriptor, and what has to be said about them. */
    private static final class Drafting {

        // ConverseStream of Amazon Bedrock, the only API with frames of which the text has one place for all models.
        private static final String TEXT_OF_BEDROCK = "delta.text";
        private static final String END_OF_BEDROCK = "messageStop";
        private static final String TEXT_OF_OPENAI = "choices.0.delta.content";

        private final OpenApiDocument document;
        private final ApiOperation operation;
        private final String name;
        private final Map<String, String> comments = new LinkedHashMap<>();
        private final List<String> ofOperations = new ArrayList<>();

        Drafting(OpenApiDocument document, ApiOperation operation) {
            this.document = document;
            this.operation = operation;
            this.name = Names.slug(document.title());
        }

        DescriptorDraft draft(@Nullable String baseUrl) {
            String address = baseUrl == null ? ServerAddress.of(operation) : baseUrl;
            Credentials credentials = Credentials.of(operation, name);
            boolean streams = operation.onlyStreams();
            RequestDraft request = new RequestDraft(operation, credentials, streams);
            DescriptorDraft.Operation summary = request.with(streams ? stream(operation, Map.of()) : null);
            Map<String, String> answer = answer();
            DescriptorDraft.Operation streamed = streams ? null : streamed(credentials);
            Optional<String> health = HealthPath.of(document, address);
            comment(request, credentials, health, answer);
            return new DescriptorDraft(
                    operation.label() + (document.title().isEmpty() ? "" : " of " + document.title()),
                    name,
                    address,
                    credentials.headers(),
                    health.orElse(null),
                    request.items(),
                    summary,
                    streamed,
                    answer,
                    comments);
        }

        private Map<String, String> answer() {
            return operation.onlyStreams()
                    ? AnswerFields.figures(events(operation))
                    : AnswerFields.in(Leaf.of(document, operation.jsonAnswer().schema()));
        }

        /** The same answer as a stream, of the operation itself or of its twin. */
        private DescriptorDraft.@Nullable Operation streamed(Credentials credentials) {
            ApiOperation source = operation.streamedAnswer().isMissing()
                    ? document.operations().stream()
                            .filter(each -> OperationChoice.twinOf(each, document.operations())
                                    .filter(twin -> twin.label().equals(operation.label()))
                                    .isPresent())
                            .findFirst()
                            .orElse(null)
                    : operation;
            if (source == null) {
                return null;
            }
            Map<String, String> figures = AnswerFields.figures(events(source));
            return new RequestDraft(source, credentials, true).with(stream(source, figures));
        }

        private static List<Leaf> events(ApiOperation source) {
            JsonNode schema = source.document().resolve(source.streamedAnswer().schema());
            // A generator that describes a stream as the list of its events means each of them.
            return Leaf.of(
                    source.document(), SchemaExample.type(schema).equals("array") ? schema.path("items") : schema);
        }

        private DescriptorDraft.Stream stream(ApiOperation source, Map<String, String> figures) {
            List<Leaf> events = events(source);
            String format = ApiOperation.streamFormat(source.streamedAnswer().mediaType())
                    .orElseThrow();
            Optional<String> piece = AnswerFields.piece(events);
            Optional<String> done = events.stream()
                    .filter(leaf -> leaf.type().equals("boolean") && leaf.name().equals("done"))
                    .map(Leaf::dotted)
                    .findFirst();
            comments.put(
                    "stream",
                    piece.isEmpty()
                            ? "The document does not describe the events of the stream: correct text and end."
                            : "The document does not tell which event ends the stream: look at end.");
            boolean likeOpenAi = source.path().endsWith("/chat/completions");
            return switch (format) {
                case DescriptorDraft.Stream.FRAMES ->
                    new DescriptorDraft.Stream(format, piece.orElse(TEXT_OF_BEDROCK), END_OF_BEDROCK, figures);
                case DescriptorDraft.Stream.LINES ->
                    new DescriptorDraft.Stream(format, piece.orElse("text"), done.orElse("done"), figures);
                default ->
                    new DescriptorDraft.Stream(
                            format, piece.orElse(likeOpenAi ? TEXT_OF_OPENAI : "text"), "[DONE]", figures);
            };
        }

        private void comment(
                RequestDraft request, Credentials credentials, Optional<String> health, Map<String, String> answer) {
            if (!credentials.variables().isEmpty()) {
                comments.put(
                        "headers",
                        "Export " + String.join(" and ", credentials.variables())
                                + " before a run; no report shows it.");
            }
            if (health.isEmpty()) {
                comments.put(
                        "health",
                        "The document names no health endpoint: without the key health, GET / has to answer 200.");
            }
            if (!request.madeUp().isEmpty()) {
                ofOperations.add(
                        0, "Made up, for the document has no examples: " + String.join(", ", request.madeUp()) + ".");
            }
            if (!ofOperations.isEmpty()) {
                comments.put("operations", String.join(" ", ofOperations));
            }
            commentOnAnswer(answer);
        }

        private void commentOnAnswer(Map<String, String> answer) {
            List<String> words = new ArrayList<>();
            if (!operation.onlyStreams() && !answer.containsKey("text")) {
                words.add(
                        "Nothing in the document looks like the text of the answer: name it as text, for an answer without one"
                                + " counts as an error.");
            }
            if (answer.containsKey("costUsd")
                    && !answer.get("costUsd").toLowerCase(Locale.ROOT).contains("usd")) {
                words.add("costUsd must be in US dollars.");
            }
            if (!words.isEmpty()) {
                comments.put("answer", String.join(" ", words));
            }
        }
    }
}
