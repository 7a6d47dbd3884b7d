package io.bookstore.perf.cli.terminal;

import io.bookstore.perf.probe.FieldReading;
import io.bookstore.perf.probe.ProbedOperation;
import io.bookstore.perf.probe.ProbedTarget;
import io.bookstore.perf.results.facts.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Findings on the operations of a service, and on each field of their answers. No secret is in any of them. */
public final class OperationFindings {

    private final Map<String, String> variables;

    /** @param variables those that the descriptor names, for an answer may repeat one */
    public OperationFindings(Map<String, String> variables) {
        this.variables = variables;
    }

    public List<Finding> of(ProbedTarget target) {
        List<Finding> findings = new ArrayList<>();
        if (target.health().status() != 200) {
            findings.add(Finding.bad(
                    "health",
                    "answers " + target.health().status()
                            + ", and a run begins only after 200: name what is ready as health.path"));
        }
        if (!target.items().isEmpty()) {
            findings.add(Finding.bad("items", masked(target.items())));
        }
        for (ProbedOperation operation : target.operations()) {
            findings.add(finding(operation));
            operation.readings().forEach(field -> findings.add(finding(operation, field)));
        }
        return findings;
    }

    private Finding finding(ProbedOperation operation) {
        Finding.State state = operation.skipped() != null
                ? Finding.State.NONE
                : operation.wasAnswered() ? Finding.State.OK : Finding.State.BAD;
        return new Finding(operation.name(), state, masked(operation.sentence()));
    }

    /** An answer without a text counts as an error in a run; any other figure may be missing. */
    private Finding finding(ProbedOperation operation, FieldReading field) {
        Finding.State missing = field.name().equals("text") ? Finding.State.BAD : Finding.State.NONE;
        return new Finding(
                operation.name() + "." + field.name(),
                field.wasRead() ? Finding.State.OK : missing,
                masked(field.sentence()));
    }

    /** The text with {@value Secrets#MASK} in place of each secret. */
    public String masked(String text) {
        String shown = text;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (Secrets.isSecret(variable.getKey(), variable.getValue())) {
                shown = shown.replace(variable.getValue(), Secrets.MASK);
            }
        }
        return shown;
    }
}
