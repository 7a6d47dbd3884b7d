package io.bookstore.perf.cli.verify;

import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.LoadFlags;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.option.NewFolder;
import io.bookstore.perf.cli.option.Origin;
import io.bookstore.perf.cli.option.ServiceOption;
import io.bookstore.perf.cli.option.TargetOption;
import io.bookstore.perf.cli.terminal.ConsolePrompt;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.cli.terminal.Json;
import io.bookstore.perf.cli.terminal.Lines;
import io.bookstore.perf.cli.terminal.Terminal;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.progress.WithoutSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.Installation;
import io.bookstore.perf.run.ResultFolder;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.run.ServiceSession;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.slo.Slo;
import io.bookstore.perf.stack.Ports;
import io.bookstore.perf.verify.Checklist;
import io.bookstore.perf.verify.ChecklistFile;
import io.bookstore.perf.verify.Item;
import io.bookstore.perf.verify.ServiceFacts;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = {
            "Asks a live service a few times, and says what would spoil a load test of it.",
            "docs/verify.md has the items."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Each item is passed, failed, or unknown if nothing that was seen can tell. Some twenty",
            "requests go to the model. Exit code 0 if no item failed, 99 if one did.",
            "",
            "Examples:",
            "  llm-perf verify                                   start the API and verify it",
            "  llm-perf verify --target my-service.yml           a service of your own",
            "  llm-perf verify --target my-service.yml --otlp-port 4318 --json"
        })
public final class VerifyCommand implements Callable<Integer> {

    private final Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TargetOption target = new TargetOption();

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            defaultValue = "${env:BASE_URL}",
            description =
                    "The service (BASE_URL). Default: the address in the descriptor, or the API would be started.")
    private @Nullable String baseUrl;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "K=V",
            description = "Variable for the scripts, such as a limit; may be repeated.")
    private Map<String, String> settings = new TreeMap<>();

    @Option(
            names = "--otlp-port",
            paramLabel = "PORT",
            description = "Receive the spans of a running service here, by OTLP over HTTP. Default: none.")
    private @Nullable Integer otlpPort;

    @Option(
            names = "--api-jar",
            paramLabel = "JAR",
            defaultValue = "${env:BOOKSTORE_API_JAR}",
            description = "The API to start (BOOKSTORE_API_JAR). Default: the one of this kit.")
    private @Nullable Path apiJar;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Folder for the checklist and the run behind it. Default: reports/verify-TIME.")
    private @Nullable Path output;

    @Option(names = "--yes", description = "Do not ask before requests to a provider that costs money.")
    private boolean yes;

    @Option(names = "--json", description = "Print the checklist as JSON, and everything else to standard error.")
    private boolean json;

    @SuppressWarnings("NullAway.Init")
    public VerifyCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        target.refuseMisspelt(settings.keySet());
        Path folder = output == null ? NewFolder.named("verify") : output;
        List<Item> items = items(folder, out);
        write(items, folder);
        if (json) {
            spec.commandLine().getOut().println(Json.of(ChecklistFile.of(items)));
        } else {
            print(items, out);
            out.println("files in " + folder);
        }
        boolean failed = items.stream().anyMatch(item -> item.state() == Item.State.FAIL);
        return (failed ? ExitCode.THRESHOLDS_CROSSED : ExitCode.OK).value();
    }

    private List<Item> items(Path folder, PrintWriter out) throws InterruptedException {
        ScenarioRunner runner = new ScenarioRunner(
                new EngineChoice(new EmbeddedEngine(Map.of()), "for a test that needs no k6"),
                Clock.systemUTC(),
                new ConsolePrompt(yes, null, out, Terminal.person()).onceFor(1));
        try (ServiceSession service = new ServiceSession()) {
            measure(runner, order("verify", "tools/verify.js", folder), service, out);
            ServiceFacts facts = facts(folder);
            if (facts.answers().isEmpty() && facts.stream() == null) {
                return Checklist.of(facts, null);
            }
            RunOrder limits = order("verify-limits", "tools/verify-limits.js", folder.resolve("limits"));
            return Checklist.of(facts, measure(runner, limits, service, out));
        }
    }

    private RunResult measure(ScenarioRunner runner, RunOrder order, ServiceSession service, PrintWriter out)
            throws InterruptedException {
        ProgressStyle style = ProgressStyle.detect(!json && Terminal.attached(), System.getenv(), Terminal.charset());
        try (LiveProgress progress =
                new LiveProgress(order.name(), style, out, Clock.systemUTC(), this::stopOnInterrupt)) {
            RunResult result = runner.measure(order, runner.inspect(order), new WithoutSummary(progress), service);
            ResultFolder.write(result, order.output());
            return result;
        }
    }

    private void stopOnInterrupt(EngineRun run) {
        interruption.reactWith(run::interrupt);
    }

    private ServiceFacts facts(Path folder) {
        try {
            return ServiceFacts.read(folder);
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.SCRIPT_EXCEPTION,
                    "The service could not be asked: " + folder.resolve(ServiceFacts.NAME) + " is missing; " + folder
                            + "/report.html has the error of the script.");
        }
    }

    private RunOrder order(String name, String script, Path folder) {
        TargetDescriptor descriptor = target.descriptor();
        Map<String, String> variables = new TreeMap<>(settings);
        boolean paid = false;
        String address = baseUrl == null ? "" : baseUrl;
        if (descriptor != null) {
            variables.put("TARGET", descriptor.forScripts());
            descriptor.variablesIn(System.getenv()).forEach(variables::putIfAbsent);
            paid = descriptor.costsMoneyUnlessItSaysOtherwise();
            address = address.isEmpty() ? descriptor.baseUrl() : address;
        }
        URI service = address.isEmpty() ? null : ServiceOption.url(address);
        return new RunOrder(
                name,
                target.scripts().resolve(script),
                variables,
                Map.of(),
                service,
                0,
                Installation.locate(null, apiJar).apiJar(),
                folder,
                Double.POSITIVE_INFINITY,
                LoadFlags.NONE,
                otlpPort == null ? null : Integer.valueOf(Ports.checked(otlpPort, Origin.of(spec, "--otlp-port"))),
                paid,
                false,
                Slo.NONE);
    }

    private static void write(List<Item> items, Path folder) {
        try {
            ChecklistFile.write(items, folder);
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot write the checklist to " + folder + " (" + e.getMessage()
                            + "): name another folder with --out.");
        }
    }

    private static void print(List<Item> items, PrintWriter out) {
        out.println();
        for (Item item : items) {
            out.printf("%-7s  %-15s  %s%n", item.state().name().toLowerCase(Locale.ROOT), item.name(), item.rule());
            if (item.state() != Item.State.PASS) {
                List<String> more = new ArrayList<>(Lines.of(item.evidence()));
                if (!item.remedy().isEmpty()) {
                    more.addAll(Lines.of(item.remedy()));
                }
                more.forEach(line -> out.println("         " + line));
            }
        }
        out.println();
        out.println(ChecklistFile.of(items).score());
    }
}
