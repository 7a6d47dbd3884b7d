package io.bookstore.perf.cli;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.cli.option.ServiceOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "seed",
        description = "Has a running BookStore API insert its sample books; calling it twice inserts nothing twice.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: llm-perf seed --base-url http://localhost:7002"})
final class SeedCommand implements Callable<Integer> {

    @Mixin
    private ServiceOption service = new ServiceOption();

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    SeedCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        service.probe().seed();
        spec.commandLine().getOut().println(service.baseUrl() + " has its books");
        return ExitCode.OK.value();
    }
}
