package io.bookstore.simulator.rule;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Own answers as the admin API shows them: with the keys of the file, and how many requests each rule has taken. */
public final class AnswersJson {

    private static final ObjectMapper json = new ObjectMapper();

    private AnswersJson() {}

    public static String write(AnswersInForce inForce) {
        Answers answers = inForce.answers();
        ObjectNode root = json.createObjectNode().put("strict", answers.strict());
        if (answers.file() != null) {
            root.put("file", answers.file().toString());
        }
        root.put("unmatched", inForce.unmatched());
        ArrayNode rules = root.putArray("rules");
        for (AnswersInForce.Counted counted : inForce.rules()) {
            AnswerRule rule = counted.rule();
            ObjectNode node = rules.addObject().put("name", rule.name());
            if (rule.line() != null) {
                node.put("line", rule.line());
            }
            node.put("matched", counted.matched().get());
            addMatch(node.putObject("match"), rule.match());
            ArrayNode responses = node.putArray("responses");
            rule.responses().forEach(response -> addResponse(responses.addObject(), response));
        }
        ArrayNode warnings = root.putArray("warnings");
        answers.warnings().forEach(warnings::add);
        return root.toString();
    }

    private static void addMatch(ObjectNode node, Match match) {
        match.conditions().forEach((part, condition) -> {
            String key = part.kind().key();
            ObjectNode parent = part.kind().hasArgument() ? node.withObjectProperty(key) : node;
            parent.putObject(part.kind().hasArgument() ? part.argument() : key)
                    .put(condition.key(), condition.expected());
        });
    }

    private static void addResponse(ObjectNode node, Response response) {
        if (response.content() != null) {
            node.set("content", response.content());
        }
        for (Response.Call call : response.toolCalls()) {
            node.withArrayProperty("toolCalls")
                    .addObject()
                    .put("name", call.name())
                    .set("arguments", call.arguments());
        }
        Response.Usage usage = response.usage();
        if (usage != null) {
            ObjectNode told = node.putObject("usage");
            if (usage.inputTokens() != null) {
                told.put("inputTokens", usage.inputTokens());
            }
            if (usage.outputTokens() != null) {
                told.put("outputTokens", usage.outputTokens());
            }
        }
        Response.Latency latency = response.latency();
        if (latency != null) {
            ObjectNode times = node.putObject("latency");
            if (latency.ttft() != null) {
                times.put("ttftMs", Response.millis(latency.ttft()));
            }
            if (latency.token() != null) {
                times.put("tokenMs", Response.millis(latency.token()));
            }
        }
        if (response.fault() != null) {
            node.put("fault", response.fault().text());
        }
    }
}
