package io.bookstore.perf.cli.verify;

import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.adapt.Adaptation;
import io.bookstore.perf.cli.option.ApiJarOption;
import io.bookstore.perf.cli.option.ConsentOption;
import io.bookstore.perf.cli.option.JsonOption;
import io.bookstore.perf.cli.option.LoadedServiceOption;
import io.bookstore.perf.cli.option.NewFolder;
import io.bookstore.perf.cli.option.OtlpPortOption;
import io.bookstore.perf.cli.option.OutputOption;
import io.bookstore.perf.cli.option.ServiceOption;
import io.bookstore.perf.cli.option.TargetOption;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.cli.terminal.Json;
import io.bookstore.perf.cli.terminal.Lines;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.metrics.UrlCredentials;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.WithoutSummary;
import io.bookstore.perf.record.CallSpan;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.ResultFolder;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.run.ServiceSession;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.stack.ServiceClient;
import io.bookstore.perf.verify.Checklist;
import io.bookstore.perf.verify.ChecklistFile;
import io.bookstore.perf.verify.HtmlChecklist;
import io.bookstore.perf.verify.Item;
import io.bookstore.perf.verify.ServiceFacts;
import io.bookstore.perf.verify.ServiceTelemetry;
import io.bookstore.perf.verify.ServiceTelemetry.CancelledCall;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
            "Each item is passed, failed, or unknown if nothing that was seen can tell. Some",
            "twenty requests go to the model. Exit code 0 if no item failed, 99 if one did.",
            "The folder of --out gets the checklist as page, JSON and JUnit.",
            "",
            "Examples:",
            "  llm-perf verify                                   start the API and verify it",
            "  llm-perf verify --target my-service.yml           a service of your own",
            "  llm-perf verify --target my-service.yml --otlp-port 4318 --json"
        })
public final class VerifyCommand implements Callable<Integer> {

    /** Enough to see what a service does; another client of it may cause any number. */
    private static final int MOST_CALLS = 1_000;

    private final Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TargetOption target = new TargetOption();

    @Mixin
    private LoadedServiceOption asked = new LoadedServiceOption();

    @Mixin
    private OtlpPortOption receiver = new OtlpPortOption();

    @Mixin
    private ApiJarOption api = new ApiJarOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(
            names = {"-e", "--env"},
            paramLabel = "K=V",
            description = "Variable for the scripts, such as a limit; may be repeated.")
    private Map<String, String> settings = new TreeMap<>();

    @Option(
            names = "--metrics",
            paramLabel = "URL",
            description =
                    "The service's metrics in Prometheus' format. Default: as under metrics in the descriptor, else"
                            + " /metrics of the service.")
    private @Nullable String metrics;

    @SuppressWarnings("NullAway.Init")
    public VerifyCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = json.messages();
        target.refuseMisspelt(settings.keySet());
        URI page = metrics == null ? null : ServiceOption.url("--metrics", metrics);
        Path folder = output.folder().orElseGet(() -> NewFolder.named("verify"));
        List<Item> items = items(folder, page, out);
        if (json.asked()) {
            spec.commandLine().getOut().println(Json.of(ChecklistFile.of(items)));
        } else {
            print(items, out);
            out.println("page " + folder.resolve(HtmlChecklist.NAME));
        }
        boolean failed = items.stream().anyMatch(item -> item.state() == Item.State.FAIL);
        return (failed ? ExitCode.THRESHOLDS_CROSSED : ExitCode.OK).value();
    }

    private List<Item> items(Path folder, @Nullable URI page, PrintWriter out) throws InterruptedException {
        ScenarioRunner runner = new ScenarioRunner(
                new EngineChoice(new EmbeddedEngine(Map.of()), "for a test that needs no k6"),
                Clock.systemUTC(),
                consent.prompt(out).onceFor(1));
        List<CallSpan> calls = Collections.synchronizedList(new ArrayList<>());
        try (ServiceSession service = new ServiceSession(call -> addTo(calls, call))) {
            measure(runner, order("verify", "tools/verify.js", folder), service, out);
            ServiceFacts facts = facts(folder);
            RunResult run = null;
            ServiceTelemetry telemetry = ServiceTelemetry.NONE;
            if (!facts.answers().isEmpty() || facts.stream() != null) {
                RunOrder limits = order("verify-limits", "tools/verify-limits.js", folder.resolve("limits"));
                run = measure(runner, limits, service, out);
                URI asked = page == null ? metricsPage(run.run().target().baseUrl()) : page;
                String text = new ServiceClient().text(asked).orElse(null);
                telemetry = new ServiceTelemetry(
                        calls, CancelledCall.read(folder), UrlCredentials.masked(asked.toString()), text);
            }
            List<Item> items = Checklist.of(facts, run, telemetry, LocalDate.now(ZoneOffset.UTC));
            write(facts.target(), items, folder);
            return items;
        }
    }

    private URI metricsPage(URI service) {
        return Optional.ofNullable(target.descriptor())
                .flatMap(descriptor -> Adaptation.metricsPage(descriptor, service, target.scripts()))
                .orElseGet(() -> service.resolve("/metrics"));
    }

    private static void addTo(List<CallSpan> calls, CallSpan call) {
        if (calls.size() < MOST_CALLS) {
            calls.add(call);
        }
    }

    private RunResult measure(ScenarioRunner runner, RunOrder order, ServiceSession service, PrintWriter out)
            throws InterruptedException {
        try (LiveProgress progress =
                new LiveProgress(order.name(), json.style(), out, Clock.systemUTC(), this::stopOnInterrupt)) {
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
        if (descriptor != null) {
            variables.put("TARGET", descriptor.forScripts());
            descriptor.variablesIn(System.getenv()).forEach(variables::putIfAbsent);
            paid = descriptor.costsMoneyUnlessItSaysOtherwise();
        }
        String address = asked.address(descriptor);
        URI service = address.isEmpty() ? null : ServiceOption.url(address);
        return new RunOrder(
                name,
                new RunOrder.Script(target.scripts().resolve(script), variables),
                new RunOrder.Service(service, 0, api.jar(), Map.of(), receiver.port(), paid),
                folder,
                RunOrder.Rules.OF_THE_SCRIPT);
    }

    private static void write(String target, List<Item> items, Path folder) {
        try {
            ChecklistFile.write(items, folder);
            HtmlChecklist.write(target, items, folder);
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
            out.printf("%-7s  %-20s  %s%n", item.state().name().toLowerCase(Locale.ROOT), item.name(), item.rule());
            if (item.state() != Item.State.PASS) {
                List<String> more = new ArrayList<>(Lines.of(item.evidence()));
                if (!item.remedy().isEmpty()) {
                    more.addAll(Lines.of(item.remedy()));
                }
                more.forEach(line -> out.println("         " + line));
            }
        }
        out.println();
        Lines.of(ChecklistFile.of(items).score()).forEach(out::println);
    }
}
