package io.bookstore.perf.cli;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.cli.option.LoadedServiceOption;
import io.bookstore.perf.cli.option.ServiceOption;
import io.bookstore.perf.cli.option.TargetOption;
import io.bookstore.perf.run.TargetDescriptor;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "health",
        description = "Says whether a running service is ready; exit code 69 if it is not.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: llm-perf health --wait 60 --base-url http://localhost:7002"})
final class HealthCommand implements Callable<Integer> {

    @Mixin
    private LoadedServiceOption service = new LoadedServiceOption();

    @Mixin
    private TargetOption target = new TargetOption();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Keep asking for so long. Default: ask once.")
    private long waitSeconds;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    HealthCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        TargetDescriptor descriptor = target.descriptor();
        String address = service.address(descriptor);
        URI asked = ServiceOption.url(address.isEmpty() ? ServiceOption.DEFAULT : address);
        TargetOption.probe(asked, descriptor).awaitReadiness(Duration.ofSeconds(waitSeconds));
        spec.commandLine().getOut().println(asked + " is ready");
        return ExitCode.OK.value();
    }
}
