package io.bookstore.perf.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "export",
        description = "Writes a scenario in the form that something else runs.",
        mixinStandardHelpOptions = true,
        subcommands = K6OperatorCommand.class,
        footer = {"", "Example:", "  llm-perf export k6-operator ai-load --base-url http://bookstore:7002"})
final class ExportCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    ExportCommand() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name what to export to: k6-operator.");
    }
}
