package io.bookstore.console.traces;

import io.bookstore.perf.otlp.ModelOperation;
import io.bookstore.perf.otlp.SpanAttributes;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Maps the attributes of a span to a {@link Call}: the GenAI conventions in their three generations, the kit's own names, those of
 * OpenInference, Traceloop and OpenLIT, and the placeholders that LangChain4j and Spring AI write for what they do not know.
 */
final class CallReader {

    private static final Set<String> PLACEHOLDERS = Set.of("", "none", "unknown");

    // A name longer than this is none; it must not fill the list or the memory.
    private static final int LONGEST_NAME = 200;

    private CallReader() {}

    /** Returns null for a span that is no call to a model. */
    static @Nullable Call read(Span span, @Nullable String service, long sequence) {
        SpanAttributes attributes = SpanAttributes.of(span.getAttributesList());
        String operation = ModelOperation.of(attributes);
        if (operation == null) {
            return null;
        }
        long nanos = Math.max(0, span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
        return new Call(
                sequence,
                Ids.hex(span.getTraceId()),
                Ids.hex(span.getSpanId()),
                Ids.hexOrNull(span.getParentSpanId()),
                service,
                span.getStartTimeUnixNano() / 1_000_000,
                nanos / 1e6,
                request(shortened(operation), attributes),
                usage(attributes),
                answer(span, attributes));
    }

    private static Call.Request request(String operation, SpanAttributes attributes) {
        return new Call.Request(
                operation,
                name(attributes, "gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system"),
                name(attributes, "gen_ai.response.model", "gen_ai.request.model", "llm.model_name"),
                name(attributes, "gen_ai.conversation.id", "session.id"));
    }

    private static Call.Usage usage(SpanAttributes attributes) {
        return new Call.Usage(
                attributes.whole("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt"),
                attributes.whole(
                        "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion"),
                attributes.whole(
                        "gen_ai.usage.cache_read.input_tokens",
                        "gen_ai.usage.cache_read_input_tokens",
                        "llm.token_count.prompt_details.cache_read"),
                attributes.whole(
                        "gen_ai.usage.reasoning.output_tokens",
                        "gen_ai.usage.reasoning_tokens",
                        "llm.token_count.completion_details.reasoning"),
                attributes.number("llm.cost.usd", "llm.cost.total", "gen_ai.usage.cost"));
    }

    private static Call.Answer answer(Span span, SpanAttributes attributes) {
        Double firstChunk =
                attributes.number("gen_ai.response.time_to_first_chunk", "gen_ai.server.time_to_first_token");
        return new Call.Answer(
                attributes.whole("llm.attempts"),
                firstChunk == null ? null : firstChunk * 1_000,
                finishReason(attributes),
                error(span, attributes));
    }

    /** Spring AI writes the list as the text of a JSON array. */
    private static @Nullable String finishReason(SpanAttributes attributes) {
        String reasons = Stream.of("gen_ai.response.finish_reasons", "gen_ai.completion.0.finish_reason")
                .flatMap(name -> attributes.texts(name).stream())
                .map(reason -> reason.replaceAll("[\\[\\]\"]", ""))
                .filter(reason -> !reason.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        return reasons.isEmpty() ? null : shortened(reasons);
    }

    private static @Nullable String error(Span span, SpanAttributes attributes) {
        if ("cancelled".equals(attributes.text("llm.outcome"))) {
            return "cancelled";
        }
        String type = name(attributes, "error.type");
        if (type != null || span.getStatus().getCode() != Status.StatusCode.STATUS_CODE_ERROR) {
            return type;
        }
        return span.getEventsList().stream()
                .map(event -> name(SpanAttributes.of(event.getAttributesList()), "exception.type"))
                .filter(exception -> exception != null)
                .findFirst()
                .orElse("_OTHER");
    }

    /** Returns the first of these attributes that names something. */
    private static @Nullable String name(SpanAttributes attributes, String... names) {
        return Stream.of(names)
                .map(attributes::text)
                .filter(text -> text != null && !PLACEHOLDERS.contains(text))
                .map(CallReader::shortened)
                .findFirst()
                .orElse(null);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "…";
    }
}
