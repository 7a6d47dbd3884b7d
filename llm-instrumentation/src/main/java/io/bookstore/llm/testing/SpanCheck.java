package io.bookstore.llm.testing;

import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.Finding.Rule;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares a span with the tables. */
final class SpanCheck {

    private static final String NAMESPACE = "gen_ai.";
    private static final String OPERATION = "gen_ai.operation.name";

    private final Catalogue catalogue;
    private final List<Catalogue.AttributeRow> rows;
    private final boolean contentAllowed;

    SpanCheck(Catalogue catalogue, Set<GenAiConventions> conventions, boolean contentAllowed) {
        this.catalogue = catalogue;
        this.rows = catalogue.attributes(conventions);
        this.contentAllowed = contentAllowed;
    }

    List<Finding> check(SpanData span) {
        Map<String, Object> values = new TreeMap<>();
        span.getAttributes().forEach((key, value) -> values.put(key.getKey(), value));
        List<Finding> findings = new ArrayList<>();
        if (values.keySet().stream().noneMatch(key -> key.startsWith(NAMESPACE))) {
            return findings;
        }
        Object operation = values.get(OPERATION);
        Catalogue.SpanRow row = operation == null ? null : catalogue.span(operation.toString());
        if (operation == null) {
            add(findings, Rule.MISSING_REQUIRED, span, OPERATION);
        }
        String type = row == null ? "other" : row.type();
        span.getAttributes().forEach((key, value) -> checkAttribute(findings, span, type, key, value));
        required(findings, span, type, values);
        if (row != null) {
            checkNameAndKind(findings, span, row, operation, values);
        }
        checkStatus(findings, span, values);
        checkTokens(findings, span, values);
        return findings;
    }

    private void checkAttribute(List<Finding> findings, SpanData span, String type, AttributeKey<?> key, Object value) {
        String name = key.getKey();
        List<Catalogue.AttributeRow> named =
                rows.stream().filter(row -> row.name().equals(name)).toList();
        if (named.isEmpty()) {
            if (name.startsWith(NAMESPACE)) {
                add(findings, Rule.UNKNOWN_ATTRIBUTE, span, name + " is not in these conventions");
            }
            return;
        }
        if (named.stream().noneMatch(row -> isOfType(row.type(), key.getType()))) {
            add(
                    findings,
                    Rule.WRONG_TYPE,
                    span,
                    name + " must be " + named.get(0).type() + ", is " + key.getType());
        }
        String level = named.get(0).levels().getOrDefault(type, "r");
        if (level.equals("-") && name.startsWith(NAMESPACE)) {
            add(findings, Rule.UNEXPECTED_ATTRIBUTE, span, name + " does not belong on a span of type " + type);
        } else if (level.equals("o") && !contentAllowed) {
            add(findings, Rule.OPT_IN_ATTRIBUTE_PRESENT, span, name);
        }
        Set<String> allowed = catalogue.values(name);
        if (!allowed.isEmpty() && !allowed.contains(value.toString())) {
            add(findings, Rule.WRONG_VALUE, span, name + " must be one of " + allowed + ", is " + value);
        }
    }

    private void required(List<Finding> findings, SpanData span, String type, Map<String, Object> values) {
        for (Catalogue.AttributeRow row : rows) {
            boolean required = "R".equals(row.levels().get(type)) && !row.name().equals(OPERATION);
            if (required && !values.containsKey(row.name())) {
                add(findings, Rule.MISSING_REQUIRED, span, row.name());
            }
        }
        if (values.containsKey("server.address") && !values.containsKey("server.port")) {
            add(findings, Rule.MISSING_REQUIRED, span, "server.port, which goes with server.address");
        }
        if (Boolean.FALSE.equals(values.get("gen_ai.request.stream"))) {
            add(findings, Rule.WRONG_VALUE, span, "gen_ai.request.stream must be absent unless true");
        }
        if (Long.valueOf(1).equals(values.get("gen_ai.request.choice.count"))) {
            add(findings, Rule.WRONG_VALUE, span, "gen_ai.request.choice.count must be absent if 1");
        }
    }

    private static void checkNameAndKind(
            List<Finding> findings,
            SpanData span,
            Catalogue.SpanRow row,
            @Nullable Object operation,
            Map<String, Object> values) {
        Object target = values.get(row.nameAttribute());
        String name = target == null ? String.valueOf(operation) : operation + " " + target;
        if (!span.getName().equals(name)) {
            add(findings, Rule.WRONG_NAME, span, "must be \"" + name + "\"");
        }
        if (!row.kind().equals("-") && !span.getKind().name().equals(row.kind())) {
            add(findings, Rule.WRONG_KIND, span, "must be " + row.kind() + ", is " + span.getKind());
        }
    }

    private static void checkStatus(List<Finding> findings, SpanData span, Map<String, Object> values) {
        StatusCode status = span.getStatus().getStatusCode();
        boolean hasType = values.containsKey("error.type");
        if (status == StatusCode.OK) {
            add(findings, Rule.SPAN_STATUS_OK_SET_BY_INSTRUMENTATION, span, "status must be UNSET on success");
        }
        if (status == StatusCode.ERROR && !hasType) {
            add(findings, Rule.ERROR_TYPE_MISSING_ON_ERROR, span, "status is ERROR");
        }
        if ("cancelled".equals(values.get("error.type"))) {
            add(findings, Rule.WRONG_VALUE, span, "error.type must not be cancelled, for a cancelled call is no error");
        }
        if (status != StatusCode.ERROR && hasType) {
            add(findings, Rule.ERROR_TYPE_WITHOUT_ERROR_STATUS, span, "error.type is " + values.get("error.type"));
        }
    }

    private static void checkTokens(List<Finding> findings, SpanData span, Map<String, Object> values) {
        Long input = number(values, "gen_ai.usage.input_tokens");
        Long written = number(values, "gen_ai.usage.cache_write.input_tokens");
        if (written == null) {
            written = number(values, "gen_ai.usage.cache_creation.input_tokens");
        }
        Long read = number(values, "gen_ai.usage.cache_read.input_tokens");
        long cached = (read == null ? 0 : read) + (written == null ? 0 : written);
        if (input != null && cached > input) {
            add(findings, Rule.SUBSET_EXCEEDS_TOTAL, span, cached + " cached tokens of " + input + " input tokens");
        }
        Long output = number(values, "gen_ai.usage.output_tokens");
        Long reasoning = number(values, "gen_ai.usage.reasoning.output_tokens");
        if (output != null && reasoning != null && reasoning > output) {
            add(findings, Rule.SUBSET_EXCEEDS_TOTAL, span, reasoning + " reasoning of " + output + " output tokens");
        }
    }

    private static @Nullable Long number(Map<String, Object> values, String name) {
        return values.get(name) instanceof Long number ? number : null;
    }

    private static boolean isOfType(String wanted, AttributeType type) {
        return switch (wanted) {
            case "string" -> type == AttributeType.STRING;
            case "int" -> type == AttributeType.LONG;
            case "double" -> type == AttributeType.DOUBLE;
            case "boolean" -> type == AttributeType.BOOLEAN;
            case "string[]" -> type == AttributeType.STRING_ARRAY;
            // As JSON text, or structured where the SDK can: a type that older APIs do not have.
            default -> type == AttributeType.STRING || type.name().equals("VALUE");
        };
    }

    private static void add(List<Finding> findings, Rule rule, SpanData span, String detail) {
        findings.add(new Finding(rule, span.getName(), detail));
    }
}
