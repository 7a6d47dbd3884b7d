package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** A draft as the YAML of a descriptor, with a comment above each part that has one. */
public final class DescriptorYaml {

    private static final ObjectMapper json = new ObjectMapper();

    private final DescriptorDraft draft;
    private final StringBuilder text = new StringBuilder();

    private DescriptorYaml(DescriptorDraft draft) {
        this.draft = draft;
    }

    public static String of(DescriptorDraft draft) {
        return new DescriptorYaml(draft).text();
    }

    private String text() {
        comment("Written by llm-perf init from " + draft.origin() + "; docs/targets.md has every field.");
        add("name", draft.name());
        add("baseUrl", draft.baseUrl());
        add("timeout", "60s");
        comment("paid: false says that answers cost nothing; without it each run asks first.");
        part("headers", draft.headers());
        part("health", draft.health() == null ? null : ordered("method", "GET", "path", draft.health()));
        if (!draft.items().isEmpty()) {
            part(
                    "items",
                    Map.of(
                            "values",
                            draft.items().stream().map(DescriptorYaml::plain).toList()));
        }
        Map<String, Object> operations = new LinkedHashMap<>();
        operations.put("summary", operation(draft.summary()));
        if (draft.streamed() != null) {
            operations.put("streamedSummary", operation(draft.streamed()));
        }
        part("operations", operations);
        part("answer", draft.answer());
        return text.toString();
    }

    private static Map<String, Object> operation(DescriptorDraft.Operation operation) {
        Map<String, Object> keys = ordered("method", operation.method(), "path", operation.path());
        if (!operation.headers().isEmpty()) {
            keys.put("headers", plain(operation.headers()));
        }
        if (operation.body() != null) {
            keys.put("body", plain(operation.body()));
        }
        if (operation.rawBody() != null) {
            keys.put("rawBody", operation.rawBody());
        }
        if (operation.expect() != 200) {
            keys.put("expect", operation.expect());
        }
        DescriptorDraft.Stream stream = operation.stream();
        if (stream != null) {
            keys.put("stream", stream(stream));
        }
        return keys;
    }

    private static Map<String, Object> stream(DescriptorDraft.Stream stream) {
        Map<String, Object> keys = new LinkedHashMap<>(Map.of("format", stream.format()));
        if (stream.text() != null) {
            keys.put("text", stream.text());
        }
        if (!stream.only().isEmpty()) {
            keys.put("only", plain(stream.only()));
        }
        keys.put("end", plain(stream.end()));
        if (!stream.answer().isEmpty()) {
            keys.put("answer", plain(stream.answer()));
        }
        return keys;
    }

    /** The words above a part; those on the stream stand above the operations, which have it. */
    private @Nullable String commentOf(String key) {
        String comment = draft.comments().get(key);
        String ofStream = draft.comments().get("stream");
        if (!key.equals("operations") || ofStream == null) {
            return comment;
        }
        return comment == null ? ofStream : comment + " " + ofStream;
    }

    private void part(String key, @Nullable Map<String, ?> value) {
        String comment = commentOf(key);
        boolean written = value != null && !value.isEmpty();
        if (comment == null && !written) {
            return;
        }
        text.append('\n');
        if (comment != null) {
            comment(comment);
        }
        if (value != null && written) {
            add(key, value);
        }
    }

    /** Names of services and fields come from elsewhere: no line break of theirs may end the comment. */
    private void comment(String words) {
        text.append("# ").append(words.replaceAll("\\s+", " ")).append('\n');
    }

    private void add(String key, Object value) {
        text.append(yaml().dump(Map.of(key, value)));
    }

    private static Map<String, Object> ordered(String first, Object value, String second, Object other) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put(first, value);
        ordered.put(second, other);
        return ordered;
    }

    /** A copy of its own, for YAML writes the same object a second time as an alias. */
    private static Object plain(Object node) {
        return json.convertValue(node, Object.class);
    }

    private static Yaml yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setAllowUnicode(true);
        return new Yaml(new QuotingRepresenter(options), options);
    }

    /** Quotes each text that a reader of any version of YAML might take for something else. */
    private static final class QuotingRepresenter extends Representer {

        private static final Pattern harmless = Pattern.compile("[A-Za-z/][\\w./-]*( [\\w./-]+)*");
        private static final Pattern word = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

        QuotingRepresenter(DumperOptions options) {
            super(options);
            representers.put(String.class, text -> representScalar(Tag.STR, (String) text, style((String) text)));
        }

        private static ScalarStyle style(String text) {
            return harmless.matcher(text).matches() && !word.matcher(text).matches()
                    ? ScalarStyle.PLAIN
                    : ScalarStyle.DOUBLE_QUOTED;
        }
    }
}
