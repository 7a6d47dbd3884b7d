package io.bookstore.perf.cli.run;

import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.Inspection;
import io.bookstore.perf.cli.option.ApiJarOption;
import io.bookstore.perf.cli.option.ConsentOption;
import io.bookstore.perf.cli.option.EngineNameOption;
import io.bookstore.perf.cli.option.EventsOption;
import io.bookstore.perf.cli.option.JsonOption;
import io.bookstore.perf.cli.option.LoadOption;
import io.bookstore.perf.cli.option.LoadedServiceOption;
import io.bookstore.perf.cli.option.OtlpPortOption;
import io.bookstore.perf.cli.option.OutputOption;
import io.bookstore.perf.cli.option.PortOption;
import io.bookstore.perf.cli.option.ScenarioOption;
import io.bookstore.perf.cli.option.SloOption;
import io.bookstore.perf.cli.option.SpendingOption;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.grafana.GrafanaAnnotations;
import io.bookstore.perf.grafana.RunAnnotation;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.report.HtmlReport;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.perf.run.ResultFolder;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.scenario.Scenario;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
            "Without --base-url and --target the BookStore API is started, with embedded",
            "stand-ins for database and provider, and stopped again whatever happens.",
            "\"llm-perf list\" names the scenarios.",
            "",
            "Examples:",
            "  llm-perf run ai-smoke --env DURATION_SCALE=0.1          3 minutes in 18 s",
            "  llm-perf run ai-load-open --base-url http://host:7002   arrivals, not users",
            "  llm-perf run ai-smoke --target my-service.yml           a service of your own",
            "  llm-perf run mixed -e LLM_PERCENTAGE=35 -e AI_USERS=50  other shares",
            "  llm-perf run ai-load --max-usd 2 --yes                  at most two dollars",
            "  llm-perf run my-script.js --vus 5 --duration 30s        k6's own flags",
            "  llm-perf run my-script.js --scenario buy --once         one part, one time",
            "  llm-perf run my-script.js --engine embedded --json      the result as JSON"
        })
public final class RunCommand implements Callable<Integer> {

    private final List<? extends EngineOption> engines;
    private final Interruption interruption;
    private final InputStream input;
    private final GrafanaAnnotations grafana;
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

    @Mixin
    private PortOption port = new PortOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private ApiJarOption api = new ApiJarOption();

    @Mixin
    private SpendingOption spending = new SpendingOption();

    @Mixin
    private OtlpPortOption receiver = new OtlpPortOption();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private SloOption slo = new SloOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(
            names = "--verbose",
            description = "Print k6's own summary at the end, or what the script prints in its place.")
    private boolean verbose;

    @Option(
            names = "--strict",
            description = "Make a run INVALID (83) also for what is only noted otherwise: too few samples, drift.")
    private boolean strict;

    @Mixin
    private EventsOption events = new EventsOption();

    @SuppressWarnings("NullAway.Init")
    public RunCommand(List<? extends EngineOption> engines, Interruption interruption) {
        this(engines, interruption, System.in, System.getenv());
    }

    /**
     * @param input       the standard input, which {@code --events} reads
     * @param environment the variables that name a Grafana
     */
    @SuppressWarnings("NullAway.Init")
    RunCommand(
            List<? extends EngineOption> engines,
            Interruption interruption,
            InputStream input,
            Map<String, String> environment) {
        this.engines = engines;
        this.interruption = interruption;
        this.input = input;
        this.grafana = new GrafanaAnnotations(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = events.messages(json);
        Map<RunOrder, RunResult> results = new LinkedHashMap<>();
        List<RunOrder> orders = orders();
        EngineChoice choice = engine.choose(engines);
        scenario.warn(out);
        out.println("engine " + choice.engine().name() + ": " + choice.reason());
        out.println("jvm " + MachineFacts.current().jdk());
        ScenarioRunner runner = new ScenarioRunner(
                choice, Clock.systemUTC(), events.consent(consent, spending.limit(), out, input, interruption));
        for (Map.Entry<RunOrder, Inspection> each : inspect(runner, orders).entrySet()) {
            if (!interrupted) {
                results.put(each.getKey(), run(runner, each.getKey(), each.getValue(), out));
            }
        }
        int exitCode = new ResultPrinter(style(), out).verdict(new ArrayList<>(results.values()));
        if (events.asked()) {
            events.printer().print("result", ResultJson.result(results, exitCode));
        } else if (json.asked()) {
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
            RunResult result = runner.measure(order, inspection, events.watcher(progress));
            progress.close();
            new ResultPrinter(style(), out).print(texts, verbose, result);
            ResultFolder.write(result, order.output());
            out.println("report " + order.output().resolve(HtmlReport.NAME));
            if (grafana.asked()) {
                out.println(grafana.write(RunAnnotation.of(result, order.output(), grafana.reports())));
            }
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
        List<Scenario> scenarios = scenario.scenarios();
        Path folder = output.folder().orElseGet(() -> scenario.newFolder(""));
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
                        port.port(),
                        api.jar(),
                        each.serviceEnv(),
                        receiver.port(),
                        scenario.paid()),
                folder,
                new RunOrder.Rules(spending.usd(), strict, slo.limits()));
    }

    private ProgressStyle style() {
        return events.style(json);
    }
}
