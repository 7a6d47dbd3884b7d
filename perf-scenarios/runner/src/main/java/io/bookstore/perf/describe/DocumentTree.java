package io.bookstore.perf.describe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads JSON or YAML into one kind of tree. */
final class DocumentTree {

    /** The documents of large products have some ten million characters, many levels and many aliases. */
    private static final int MOST_CHARACTERS = 100_000_000;

    private static final int MOST_LEVELS = 500;
    private static final int MOST_ALIASES = 10_000;

    private static final ObjectMapper json = new ObjectMapper();

    private DocumentTree() {}

    /** @throws PerfException if the text is neither */
    static JsonNode of(DocumentText document) {
        String text = document.text().strip();
        if (text.startsWith("<")) {
            throw unreadable(document, "is HTML or XML, and no OpenAPI document: give the address of the JSON or YAML");
        }
        try {
            return text.startsWith("{") ? json.readTree(text) : new Conversion().of(yaml().load(text));
        } catch (JsonProcessingException e) {
            throw unreadable(
                    document,
                    "is no JSON: " + e.getOriginalMessage() + ", line "
                            + e.getLocation().getLineNr());
        } catch (MarkedYAMLException e) {
            throw unreadable(
                    document,
                    "is no YAML: " + e.getProblem() + ", line "
                            + (e.getProblemMark().getLine() + 1));
        } catch (YAMLException e) {
            throw unreadable(document, "is no YAML: " + e.getMessage());
        }
    }

    private static PerfException unreadable(DocumentText document, String reason) {
        return new PerfException(ExitCode.USAGE, document.place() + " " + reason + ".");
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setNestingDepthLimit(MOST_LEVELS);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        DumperOptions none = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(none), none, options, new CoreSchema());
    }

    /** Makes a node of each part once, however often aliases name it: aliases of aliases would fill any memory. */
    private static final class Conversion {

        private final Map<Object, JsonNode> nodes = new IdentityHashMap<>();

        JsonNode of(@Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                return once(map, () -> object(map));
            }
            return value instanceof List<?> list ? once(list, () -> array(list)) : json.valueToTree(value);
        }

        private JsonNode once(Object part, Supplier<JsonNode> conversion) {
            JsonNode known = nodes.putIfAbsent(part, MissingNode.getInstance());
            if (known == null) {
                known = conversion.get();
                nodes.put(part, known);
            }
            if (known.isMissingNode()) {
                throw new YAMLException("an alias contains itself");
            }
            return known;
        }

        private ObjectNode object(Map<?, ?> map) {
            ObjectNode object = json.createObjectNode();
            map.forEach((key, each) -> object.set(String.valueOf(key), of(each)));
            return object;
        }

        private ArrayNode array(List<?> list) {
            ArrayNode array = json.createArrayNode();
            list.forEach(each -> array.add(of(each)));
            return array;
        }
    }

    /** Types of YAML 1.2, which OpenAPI asks for: in 1.1 a property {@code on} is a boolean, and a date is no text. */
    private static final class CoreSchema extends Resolver {

        private static final Pattern truth = Pattern.compile("true|True|TRUE|false|False|FALSE");
        private static final Pattern integer = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
        private static final Pattern decimal = Pattern.compile("[-+]?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?");

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, truth, "tTfF");
            addImplicitResolver(Tag.INT, integer, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, decimal, "-+0123456789");
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }
}
