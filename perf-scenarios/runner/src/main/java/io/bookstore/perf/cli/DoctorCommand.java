package io.bookstore.perf.cli;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.cli.option.ConsentOption;
import io.bookstore.perf.cli.option.EngineNameOption;
import io.bookstore.perf.cli.option.JsonOption;
import io.bookstore.perf.cli.option.LoadedServiceOption;
import io.bookstore.perf.cli.option.PortOption;
import io.bookstore.perf.cli.option.ServiceOption;
import io.bookstore.perf.cli.option.TargetOption;
import io.bookstore.perf.cli.terminal.Finding;
import io.bookstore.perf.cli.terminal.Json;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.run.TargetDescriptor;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description = {
            "Says what is here (JDK, engines, kit, ports, target), which engine would run and why.",
            "With a descriptor it asks each operation once, and shows how each field was read.",
            "Exit code 69 if a run would not even start, or find no text in an answer."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  llm-perf doctor                              would ai-smoke run here",
            "  llm-perf doctor --base-url http://host:7002  is that service ready",
            "  llm-perf doctor --target helpdesk.yml        how its answers are read",
            "  llm-perf doctor --engine container --json    for programs"
        })
final class DoctorCommand implements Callable<Integer> {

    private final List<? extends EngineOption> engines;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LoadedServiceOption service = new LoadedServiceOption();

    @Mixin
    private TargetOption target = new TargetOption();

    @Mixin
    private EngineNameOption engine = new EngineNameOption();

    @Mixin
    private PortOption port = new PortOption();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @SuppressWarnings("NullAway.Init")
    DoctorCommand(List<? extends EngineOption> engines) {
        this.engines = engines;
    }

    @Override
    public Integer call() throws InterruptedException {
        Checkup checkup = new Checkup(engines, System.getenv());
        TargetDescriptor descriptor = target.descriptor();
        String address = service.address(descriptor);
        List<Finding> findings = new ArrayList<>(
                address.isEmpty()
                        ? checkup.withStartedApi(engine.name(), engine.origin(), port.port())
                        : checkup.with(engine.name(), engine.origin(), ServiceOption.url(address), descriptor));
        if (descriptor != null && Finding.allWell(findings)) {
            findings.addAll(new OperationCheck(descriptor, target.scripts(), System.getenv())
                    .findings(ServiceOption.url(address), consent.prompt(json.messages())));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json.asked()) {
            out.println(Json.of(findings));
        } else {
            Finding.print(findings, out);
        }
        return (Finding.allWell(findings) ? ExitCode.OK : ExitCode.UNAVAILABLE).value();
    }
}
