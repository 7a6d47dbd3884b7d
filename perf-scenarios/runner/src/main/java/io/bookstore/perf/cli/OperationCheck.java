package io.bookstore.perf.cli;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.terminal.ConsolePrompt;
import io.bookstore.perf.cli.terminal.Finding;
import io.bookstore.perf.cli.terminal.OperationFindings;
import io.bookstore.perf.probe.TargetProbe;
import io.bookstore.perf.probe.TargetProbe.Operations;
import io.bookstore.perf.run.TargetDescriptor;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks each operation of a described service once. */
final class OperationCheck {

    private final TargetDescriptor descriptor;
    private final Path scripts;
    private final Map<String, String> environment;

    OperationCheck(TargetDescriptor descriptor, Path scripts, Map<String, String> environment) {
        this.descriptor = descriptor;
        this.scripts = scripts;
        this.environment = environment;
    }

    /** Finds how each was answered; those of the model only if the person who pays agrees. */
    List<Finding> findings(URI service, ConsolePrompt prompt) throws InterruptedException {
        OperationFindings words = new OperationFindings(descriptor.variablesIn(environment));
        List<Finding> findings = new ArrayList<>();
        Operations operations = Operations.ALL;
        try {
            prompt.confirmRequests(service, descriptor.costsMoneyUnlessItSaysOtherwise());
        } catch (PerfException notAgreed) {
            if (notAgreed.exitCode() != ExitCode.NOT_AGREED) {
                throw notAgreed;
            }
            findings.add(Finding.none("model", "not asked: " + notAgreed.getMessage()));
            operations = Operations.PLAIN;
        }
        try {
            findings.addAll(words.of(new TargetProbe(scripts, environment).ask(descriptor, service, operations)));
        } catch (PerfException refused) {
            findings.add(Finding.bad("descriptor", words.masked(refused.getMessage())));
        }
        return findings;
    }
}
