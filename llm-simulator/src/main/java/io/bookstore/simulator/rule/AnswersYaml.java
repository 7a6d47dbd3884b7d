package io.bookstore.simulator.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bookstore.simulator.fault.Fault;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads own answers from YAML, of which JSON is a part. What is wrong is refused in one sentence with its line; a rule that
 * can never match is left out with a warning.
 */
public final class AnswersYaml {

    private AnswersYaml() {}

    /** @throws IllegalArgumentException if the file cannot be read, or is wrong */
    public static Answers read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Cannot read the answers in " + file + ": correct --answers, or leave it out", e);
        }
        try {
            Answers answers = parse(text);
            List<String> warnings = answers.warnings().stream()
                    .map(warning -> file + ", " + warning)
                    .toList();
            return new Answers(answers.rules(), answers.strict(), warnings, file);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ", " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if the text is wrong; the sentence begins with the line */
    public static Answers parse(String text) {
        YamlMap root = new YamlMap("the answers", document(text), "strict", "rules");
        List<AnswerRule> rules = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        List<Node> nodes = root.list("rules");
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            AnswerRule rule = rule(node, "rule " + (i + 1));
            if (rules.stream().anyMatch(other -> other.name().equals(rule.name()))) {
                throw YamlMap.wrong(node, "a rule before this one has the name \"" + rule.name() + "\"; change one");
            }
            String covered = Answers.covered(rules, rule);
            if (covered == null) {
                rules.add(rule);
            } else {
                warnings.add("line " + rule.line() + ": rule \"" + rule.name()
                        + "\" is left out, as it can never match: " + covered);
            }
        }
        return new Answers(rules, root.flag("strict"), warnings, null);
    }

    private static Node document(String text) {
        LoaderOptions options = new LoaderOptions();
        // SnakeYAML would read a long word in a time that grows with its square before it refuses the text.
        int characters = text.codePointCount(0, text.length());
        if (characters > options.getCodePointLimit()) {
            throw new IllegalArgumentException("line 1: this YAML cannot be read (it has " + characters
                    + " characters, and may have " + options.getCodePointLimit() + "); make it shorter");
        }
        Yaml yaml = new Yaml(new SafeConstructor(options));
        try {
            for (Event event : yaml.parse(new StringReader(text))) {
                // A part that is repeated could hold itself.
                if (event instanceof AliasEvent alias) {
                    throw new IllegalArgumentException(
                            "line " + (alias.getStartMark().getLine() + 1) + ": *" + alias.getAnchor()
                                    + " repeats another part, which rules cannot; write the part out");
                }
            }
            Node node = yaml.compose(new StringReader(text));
            if (node != null) {
                return node;
            }
        } catch (MarkedYAMLException e) {
            throw new IllegalArgumentException(
                    "line " + (e.getProblemMark().getLine() + 1) + ": this is not YAML (" + e.getProblem()
                            + "); correct the line, or the one before it",
                    e);
        } catch (ReaderException e) {
            long lines = text.codePoints()
                    .limit(e.getPosition())
                    .filter(c -> c == '\n')
                    .count();
            throw new IllegalArgumentException(
                    "line " + (lines + 1) + ": the character of code " + e.getCodePoint()
                            + " is not allowed in YAML; remove it",
                    e);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(
                    "line 1: this YAML cannot be read (" + e.getMessage() + "); make it shorter", e);
        }
        throw new IllegalArgumentException("line 1: there is nothing; write rules: and a rule under it");
    }

    private static AnswerRule rule(Node node, String number) {
        YamlMap rule = new YamlMap("a rule", node, "name", "match", "response", "responses");
        String name = rule.text("name");
        Node match = rule.get("match");
        Node response = rule.get("response");
        if ((response == null) == (rule.get("responses") == null)) {
            throw YamlMap.wrong(node, "a rule needs response, or a list of responses; write one of the two");
        }
        List<Response> responses = response != null
                ? List.of(response(response))
                : rule.list("responses").stream().map(AnswersYaml::response).toList();
        Match conditions = match == null ? Match.any() : match(match);
        return at(node, () -> new AnswerRule(name == null ? number : name, YamlMap.line(node), conditions, responses));
    }

    private static Match match(Node node) {
        YamlMap map = new YamlMap("match", node, "model", "prompt", "turn", "tool", "toolResult", "header", "body");
        Match match = Match.any();
        for (RequestPart.Kind kind : RequestPart.Kind.values()) {
            Node value = map.get(kind.key());
            if (value == null) {
                continue;
            }
            if (!kind.hasArgument()) {
                match = match.and(kind == RequestPart.Kind.TURN ? turn(map, value) : text(RequestPart.of(kind), value));
                continue;
            }
            for (Map.Entry<String, Node> each :
                    new YamlMap(kind.key(), value).values().entrySet()) {
                RequestPart part = at(each.getValue(), () -> RequestPart.of(kind, each.getKey()));
                Match before = match;
                Match more = text(part, each.getValue());
                match = at(each.getValue(), () -> before.and(more));
            }
        }
        return match;
    }

    private static Match turn(YamlMap map, Node node) {
        Integer turn = map.integer("turn");
        return at(node, () -> Match.turn(turn == null ? 0 : turn));
    }

    /** A text for the whole of it, or one of equals, contains and pattern. */
    private static Match text(RequestPart part, Node node) {
        String key = part.kind().key();
        if (node instanceof ScalarNode scalar) {
            return new Match.Text(part).equalTo(scalar.getValue());
        }
        YamlMap condition = new YamlMap(key, node, "equals", "contains", "pattern");
        if (condition.values().size() != 1) {
            throw YamlMap.wrong(node, key + " needs one of equals, contains and pattern");
        }
        Map.Entry<String, Node> only = condition.values().entrySet().iterator().next();
        String expected = YamlMap.text(only.getKey(), only.getValue());
        Match.Text text = new Match.Text(part);
        return switch (only.getKey()) {
            case "equals" -> text.equalTo(expected);
            case "contains" -> text.contains(expected);
            default -> at(only.getValue(), () -> text.containsPattern(expected));
        };
    }

    private static Response response(Node node) {
        YamlMap map = new YamlMap("a response", node, "content", "toolCalls", "usage", "latency", "fault");
        Node content = map.get("content");
        Node usage = map.get("usage");
        Node latency = map.get("latency");
        Node fault = map.get("fault");
        JsonNode written = content == null ? null : content(content);
        List<Response.Call> calls =
                map.list("toolCalls").stream().map(AnswersYaml::call).toList();
        Response.Usage tokens = usage == null ? null : usage(usage);
        Response.Latency times = latency == null ? null : latency(latency);
        Fault struck = fault == null ? null : at(fault, () -> Fault.parse(YamlMap.text("fault", fault)));
        return at(node, () -> new Response(written, calls, tokens, times, struck));
    }

    private static JsonNode content(Node node) {
        return node instanceof ScalarNode scalar ? new TextNode(scalar.getValue()) : YamlJson.of("content", node);
    }

    private static Response.Call call(Node node) {
        YamlMap map = new YamlMap("a tool call", node, "name", "arguments");
        String name = map.text("name");
        Node arguments = map.get("arguments");
        if (name == null) {
            throw YamlMap.wrong(node, "a tool call needs the name of its tool");
        }
        if (arguments != null && !(arguments instanceof MappingNode)) {
            throw YamlMap.wrong(arguments, "arguments must be a mapping of names and values");
        }
        JsonNode values =
                arguments == null ? JsonNodeFactory.instance.objectNode() : YamlJson.of("arguments", arguments);
        return at(node, () -> new Response.Call(name, values));
    }

    private static Response.Usage usage(Node node) {
        YamlMap map = new YamlMap("usage", node, "inputTokens", "outputTokens");
        return at(node, () -> new Response.Usage(map.integer("inputTokens"), map.integer("outputTokens")));
    }

    private static Response.Latency latency(Node node) {
        YamlMap map = new YamlMap("latency", node, "ttftMs", "tokenMs");
        return at(node, () -> new Response.Latency(duration(map.number("ttftMs")), duration(map.number("tokenMs"))));
    }

    private static @Nullable Duration duration(@Nullable Double millis) {
        return millis == null ? null : Duration.ofNanos(Math.round(millis * 1e6));
    }

    /** Adds the line of a node to a sentence that has none yet. */
    private static <T> T at(Node node, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            String sentence = String.valueOf(e.getMessage());
            throw sentence.startsWith("line ") ? e : YamlMap.wrong(node, sentence);
        }
    }
}
