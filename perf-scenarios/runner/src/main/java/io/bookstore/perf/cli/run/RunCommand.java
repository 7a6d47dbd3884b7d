package io.bookstore.perf.cli.run;

import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.Inspection;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.option.EngineNameOption;
import io.bookstore.perf.cli.option.LoadOption;
import io.bookstore.perf.cli.option.LoadedServiceOption;
import io.bookstore.perf.cli.option.Origin;
import io.bookstore.perf.cli.option.ScenarioOption;
import io.bookstore.perf.cli.terminal.ConsolePrompt;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.cli.terminal.Terminal;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.report.HtmlReport;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.perf.run.Installation;
import io.bookstore.perf.run.ResultFolder;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.scenario.Scenario;
import io.bookstore.perf.slo.Slo;
import io.bookstore.perf.slo.SloText;
import io.bookstore.perf.stack.Ports;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        abbreviateSynopsis = true,
        description = "Runs a scenario, or any k6 script, and writes a report.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without --base-url and TARGET the BookStore API is started, with embedded",
            "stand-ins for database and provider, and stopped again whatever happens.",
            "\"llm-perf list\" names the scenarios.",
            "",
            "Examples:",
            "  llm-perf run ai-smoke --env DURATION_SCALE=0.1          3 minutes in 18 s",
            "  llm-perf run ai-load-open --base-url http://host:7002   arrivals, not users",
            "  llm-perf run mixed -e LLM_PERCENTAGE=35 -e AI_USERS=50  other shares",
            "  llm-perf run ai-load --max-usd 2 --yes                  at most two dollars",
            "  llm-perf run my-script.js --vus 5 --duration 30s        k6's own flags",
            "  llm-perf run my-script.js --scenario buy --once         one part of it, one time",
            "  llm-perf run my-script.js --engine embedded --json      the result as JSON"
        })
public final class RunCommand implements Callable<Integer> {

    private final List<? extends EngineOption> engines;
    private final Interruption interruption;
    private volatile boolean interrupted;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioOption scenario = new ScenarioOption();

    @Mixin
    private LoadedServiceOption service = new LoadedServiceOption();

    @Mixin
    private LoadOption load = new LoadOption();

    @Mixin
    private EngineNameOption engine = new EngineNameOption();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:MICRONAUT_SERVER_PORT:-7002}",
            description = "Port of a started API (MICRONAUT_SERVER_PORT); 0 takes free ones. Default: 7002.")
    private int port;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Folder for the results. Default: reports/SCENARIO-TIME.")
    private @Nullable Path output;

    @Option(
            names = "--api-jar",
            paramLabel = "JAR",
            defaultValue = "${env:BOOKSTORE_API_JAR}",
            description = "The API to start (BOOKSTORE_API_JAR). Default: the one of this kit.")
    private @Nullable Path apiJar;

    @Option(
            names = "--max-usd",
            paramLabel = "USD",
            description = "Stop the run when its answers have cost more. Default: no limit.")
    private @Nullable Double maxUsd;

    @Option(
            names = "--otlp-port",
            paramLabel = "PORT",
            description = "Receive the spans of a running service here, by OTLP over HTTP. Default: none.")
    private @Nullable Integer otlpPort;

    @Option(
            names = "--verbose",
            description = "Print k6's own summary at the end, or what the script prints in its place.")
    private boolean verbose;

    @Option(names = "--yes", description = "Do not ask before a run against a provider that costs money.")
    private boolean yes;

    @Option(
            names = "--strict",
            description = "Make a run INVALID (83) also for what is only noted otherwise: too few samples, drift.")
    private boolean strict;

    @Option(
            names = "--slo",
            paramLabel = "LIMITS",
            description = "Limits of single requests, such as llm.ttft=2s,llm.e2e=8s. Default: those of the script.")
    private @Nullable String slo;

    @Option(names = "--json", description = "Print the result as JSON, and everything else to standard error.")
    private boolean json;

    @SuppressWarnings("NullAway.Init")
    public RunCommand(List<? extends EngineOption> engines, Interruption interruption) {
        this.engines = engines;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        Map<RunOrder, RunResult> results = new LinkedHashMap<>();
        List<RunOrder> orders = orders();
        EngineChoice choice = engine.choose(engines);
        scenario.warn(out);
        out.println("engine " + choice.engine().name() + ": " + choice.reason());
        out.println("jvm " + MachineFacts.current().jdk());
        ScenarioRunner runner =
                new ScenarioRunner(choice, Clock.systemUTC(), new ConsolePrompt(yes, maxUsd, out, Terminal.person()));
        for (Map.Entry<RunOrder, Inspection> each : inspect(runner, orders).entrySet()) {
            if (!interrupted) {
                results.put(each.getKey(), run(runner, each.getKey(), each.getValue(), out));
            }
        }
        int exitCode = new ResultPrinter(style(), out).verdict(new ArrayList<>(results.values()));
        if (json) {
            spec.commandLine().getOut().println(ResultJson.of(results, exitCode));
        }
        return exitCode;
    }

    /** Looks at every part of a suite before the first one runs: a mistake of the command line ends them all. */
    private Map<RunOrder, Inspection> inspect(ScenarioRunner runner, List<RunOrder> orders)
            throws InterruptedException {
        Map<RunOrder, Inspection> inspections = new LinkedHashMap<>();
        for (RunOrder order : orders) {
            inspections.put(order, runner.inspect(order));
            if (interruption.asked()) {
                throw new InterruptedException();
            }
        }
        return inspections;
    }

    private RunResult run(ScenarioRunner runner, RunOrder order, Inspection inspection, PrintWriter out)
            throws InterruptedException {
        try (LiveProgress progress =
                new LiveProgress(order.name(), style(), out, Clock.systemUTC(), this::stopOnInterrupt)) {
            List<String> texts = progress.keepTexts();
            RunResult result = runner.measure(order, inspection, progress);
            progress.close();
            new ResultPrinter(style(), out).print(texts, verbose, result);
            ResultFolder.write(result, order.output());
            out.println("report " + order.output().resolve(HtmlReport.NAME));
            return result;
        }
    }

    private void stopOnInterrupt(EngineRun run) {
        interruption.reactWith(() -> {
            interrupted = true;
            run.interrupt();
        });
    }

    private List<RunOrder> orders() {
        if (maxUsd != null && !(maxUsd > 0)) {
            throw new PerfException(ExitCode.USAGE, "--max-usd must be more than 0, was " + maxUsd + ".");
        }
        List<Scenario> scenarios = scenario.scenarios();
        Path folder = output == null ? scenario.newFolder("") : output;
        return scenarios.stream()
                .map(each -> order(each, scenarios.size() > 1 ? folder.resolve(each.name()) : folder))
                .toList();
    }

    private RunOrder order(Scenario each, Path folder) {
        return new RunOrder(
                each.name(),
                new RunOrder.Script(scenario.script(each), scenario.variables(each), load.flags()),
                new RunOrder.Service(
                        scenario.service(service),
                        Ports.checked(port, Origin.of(spec, "--port")),
                        Installation.locate(null, apiJar).apiJar(),
                        each.serviceEnv(),
                        receiverPort(),
                        scenario.paid()),
                folder,
                new RunOrder.Rules(
                        maxUsd == null ? Double.POSITIVE_INFINITY : maxUsd,
                        strict,
                        slo == null ? Slo.NONE : SloText.parse("--slo", slo)));
    }

    private @Nullable Integer receiverPort() {
        if (otlpPort != null && otlpPort == 0) {
            throw new PerfException(
                    ExitCode.USAGE, "--otlp-port must be a port that the service knows, such as 4318, was 0.");
        }
        return otlpPort == null ? null : Integer.valueOf(Ports.checked(otlpPort, Origin.of(spec, "--otlp-port")));
    }

    private ProgressStyle style() {
        return ProgressStyle.detect(!json && Terminal.attached(), System.getenv(), Terminal.charset());
    }
}
