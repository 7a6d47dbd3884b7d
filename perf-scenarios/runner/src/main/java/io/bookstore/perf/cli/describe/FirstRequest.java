package io.bookstore.perf.cli.describe;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.terminal.ConsolePrompt;
import io.bookstore.perf.cli.terminal.Finding;
import io.bookstore.perf.cli.terminal.OperationFindings;
import io.bookstore.perf.describe.CheckedDraft;
import io.bookstore.perf.describe.DescriptorDraft;
import io.bookstore.perf.describe.DescriptorYaml;
import io.bookstore.perf.probe.ProbedOperation;
import io.bookstore.perf.probe.ProbedTarget;
import io.bookstore.perf.probe.TargetProbe;
import io.bookstore.perf.probe.TargetProbe.Operations;
import io.bookstore.perf.run.TargetDescriptor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends the one request of a draft, before the draft becomes a file. */
final class FirstRequest {

    private final Path scripts;
    private final Map<String, String> environment;
    private final ConsolePrompt prompt;

    FirstRequest(Path scripts, Map<String, String> environment, ConsolePrompt prompt) {
        this.scripts = scripts;
        this.environment = environment;
        this.prompt = prompt;
    }

    /** The draft with the paths of the real answer, and the findings on how each was read. */
    record Outcome(DescriptorDraft draft, List<Finding> findings) {}

    /** @throws PerfException if a variable is missing, nobody agrees to the cost, or nothing answers */
    Outcome of(DescriptorDraft proposed) throws InterruptedException {
        agree(proposed);
        HealthSearch.Outcome health = new HealthSearch(environment).of(proposed);
        return written(health.draft(), descriptor -> send(health.draft(), health.findings(), descriptor));
    }

    private void agree(DescriptorDraft draft) throws InterruptedException {
        written(draft, descriptor -> {
            requireVariables(descriptor);
            confirm(URI.create(draft.baseUrl()), descriptor);
            return draft;
        });
    }

    /** An action with the file of a draft, which is gone after it. */
    private interface Action<T> {
        T with(TargetDescriptor descriptor) throws InterruptedException;
    }

    private <T> T written(DescriptorDraft draft, Action<T> action) throws InterruptedException {
        try {
            Path file = Files.createTempFile(draft.name() + "-", ".yml");
            try {
                Files.writeString(file, DescriptorYaml.of(draft));
                return action.with(TargetDescriptor.read(file.toString(), scripts));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT, "The draft cannot be kept in a temporary file: " + e.getMessage() + ".");
        }
    }

    private void requireVariables(TargetDescriptor descriptor) {
        List<String> unset = descriptor.environment().stream()
                .filter(name -> environment.getOrDefault(name, "").isEmpty())
                .sorted()
                .toList();
        if (!unset.isEmpty()) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "The first request needs " + String.join(" and ", unset) + ": export it, or leave out --try.");
        }
    }

    private Outcome send(DescriptorDraft draft, List<Finding> ofHealth, TargetDescriptor descriptor)
            throws InterruptedException {
        URI service = URI.create(draft.baseUrl());
        ProbedTarget answers = new TargetProbe(scripts, environment).ask(descriptor, service, Operations.SUMMARY);
        List<Finding> findings = new ArrayList<>(ofHealth);
        findings.addAll(new OperationFindings(descriptor.variablesIn(environment)).of(answers));
        if (answers.operations().isEmpty()) {
            return new Outcome(draft, findings);
        }
        ProbedOperation answered = answers.operations().get(0);
        CheckedDraft checked = CheckedDraft.of(draft, answered);
        List<Finding> read = checked.stream()
                .map(sentence -> ofStream(findings, answered, sentence))
                .orElse(findings);
        return new Outcome(checked.descriptor(), corrected(read, checked.corrected()));
    }

    private void confirm(URI service, TargetDescriptor descriptor) throws InterruptedException {
        try {
            prompt.confirmRequests(service, descriptor.costsMoneyUnlessItSaysOtherwise());
        } catch (PerfException problem) {
            if (problem.exitCode() != ExitCode.UNAVAILABLE) {
                throw problem;
            }
            throw new PerfException(
                    ExitCode.UNAVAILABLE,
                    "Nothing answers at " + service
                            + ": start the service, correct its address with --base-url, or leave out --try.");
        }
    }

    /** The readings of a draft that took the stream for something else say nothing of it. */
    private static List<Finding> ofStream(List<Finding> findings, ProbedOperation answered, String sentence) {
        List<Finding> remaining = new ArrayList<>(findings);
        remaining.removeIf(finding -> finding.what().startsWith(answered.name()));
        remaining.add(Finding.ok(answered.name(), answered.sentenceOfStream()));
        remaining.add(Finding.ok(answered.name() + ".stream", sentence));
        return remaining;
    }

    /** A field that was found elsewhere is all right from now on. */
    private static List<Finding> corrected(List<Finding> findings, Map<String, String> paths) {
        List<Finding> corrected = new ArrayList<>(findings);
        paths.forEach((field, path) -> {
            String what = "summary." + field;
            corrected.removeIf(finding -> finding.what().equals(what));
            corrected.add(Finding.ok(what, path + ", found in the answer"));
        });
        return corrected;
    }
}
