package io.bookstore.perf.adapt;

import io.bookstore.perf.promql.PromQl;
import io.bookstore.perf.promql.PromQl.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** The recording and alert rules for a service, without those that it has no data for. */
final class RuleSheet {

    private static final Pattern label = Pattern.compile("\\$labels\\.(\\w+)");

    private final Names names;
    private final Set<String> recordingsRemark = new HashSet<>();
    private final Set<String> alerts = new HashSet<>();
    private final List<Remark> leftOut = new ArrayList<>();

    RuleSheet(Names names) {
        this.names = names.forEverySelector();
    }

    /** Adapts a file; recordings come before what asks for them. */
    String adapt(String source) {
        YamlText yaml = new YamlText(source);
        for (Node group : yaml.itemsOf("groups")) {
            List<Node> rules = YamlText.items(group, "rules");
            List<Node> kept = rules.stream().filter(this::keeps).toList();
            if (kept.isEmpty()) {
                yaml.removeItem(group);
            } else {
                rules.stream().filter(rule -> !kept.contains(rule)).forEach(yaml::removeItem);
                kept.forEach(rule -> adapt(yaml, rule));
            }
        }
        return yaml.edited();
    }

    /** Names of the alerts of all files so far. */
    Set<String> alerts() {
        return alerts;
    }

    List<Remark> leftOut() {
        return leftOut;
    }

    private boolean keeps(Node rule) {
        boolean recording = YamlText.has(rule, "record");
        String name = YamlText.text(YamlText.member(rule, recording ? "record" : "alert"));
        String expression = YamlText.text(YamlText.member(rule, "expr"));
        Optional<String> reason = names.missingIn(expression).or(() -> missingRecording(expression));
        reason.ifPresent(why -> leftOut.add(new Remark((recording ? "recording " : "alert ") + name, why)));
        if (recording && reason.isPresent()) {
            recordingsRemark.add(name);
        } else if (!recording && reason.isEmpty()) {
            alerts.add(name);
        }
        return reason.isEmpty();
    }

    private Optional<String> missingRecording(String expression) {
        return PromQl.parse(expression).selectors().stream()
                .map(Selector::series)
                .filter(recordingsRemark::contains)
                .findFirst()
                .map(recording -> "it needs the recording " + recording);
    }

    private void adapt(YamlText yaml, Node rule) {
        yaml.change(YamlText.member(rule, "expr"), names::in);
        if (YamlText.has(rule, "annotations")) {
            for (NodeTuple annotation : ((MappingNode) YamlText.member(rule, "annotations")).getValue()) {
                yaml.change(annotation.getValueNode(), this::annotation);
            }
        }
    }

    private String annotation(String text) {
        return label.matcher(text)
                .replaceAll((MatchResult found) -> Matcher.quoteReplacement("$labels." + names.label(found.group(1))))
                .replaceFirst("^dashboards/", "");
    }
}
