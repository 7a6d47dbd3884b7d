package io.bookstore.perf.cli;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.engine.EngineRun;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.report.HtmlReport;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.Installation;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.Scenario;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.run.TargetDescriptor;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Runs a scenario, or any k6 script, and writes a report.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without --base-url the BookStore API is started, with embedded stand-ins for database and provider,",
            "and stopped again whatever happens. \"perf list\" names the scenarios."
        })
final class RunCommand implements Callable<Integer> {

    private static final DateTimeFormatter folderTime = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    // What the environment may say to a script; --env is for everything else.
    private static final List<String> scriptVariables =
            List.of("LLM_PERCENTAGE", "AI_USERS", "TARGET", "DURATION_SCALE", "SUMMARY_CACHE");

    private final List<? extends EngineOption> engines;
    private final Interruption interruption;
    private volatile boolean interrupted;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SCENARIO", description = "Name of a scenario, or path of a .js script.")
    private String scenario;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "K=V",
            description = "Variable for the script; may be repeated.")
    private Map<String, String> env = new LinkedHashMap<>();

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            defaultValue = "${env:BASE_URL}",
            description = "The service to load (BASE_URL). Default: start the BookStore API.")
    private @Nullable String baseUrl;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "${env:K6_ENGINE:-auto}",
            description = "What runs the script (K6_ENGINE): auto, container, binary or embedded. Default: auto.")
    private String engine;

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
            names = "--scripts",
            paramLabel = "FOLDER",
            defaultValue = "${env:PERF_SCRIPTS}",
            description = "Folder of the k6 scripts (PERF_SCRIPTS). Default: the one of this kit.")
    private @Nullable Path scripts;

    @Option(
            names = "--api-jar",
            paramLabel = "JAR",
            defaultValue = "${env:BOOKSTORE_API_JAR}",
            description = "The API to start (BOOKSTORE_API_JAR). Default: the one of this kit.")
    private @Nullable Path apiJar;

    @SuppressWarnings("NullAway.Init")
    RunCommand(List<? extends EngineOption> engines, Interruption interruption) {
        this.engines = engines;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<RunOrder> orders = orders();
        EngineChoice choice = EngineChoice.choose(engine, engines);
        out.println("engine " + choice.engine().name() + ": " + choice.reason());
        ScenarioRunner runner = new ScenarioRunner(choice, Clock.systemUTC());
        List<RunResult> results = new ArrayList<>();
        for (RunOrder order : orders) {
            if (!interrupted) {
                results.add(run(runner, order, out));
            }
        }
        return new Closing(style(), out).verdict(results);
    }

    private RunResult run(ScenarioRunner runner, RunOrder order, PrintWriter out) throws InterruptedException {
        try (LiveProgress progress =
                new LiveProgress(order.name(), style(), out, Clock.systemUTC(), this::stopOnInterrupt)) {
            RunResult result = runner.run(order, progress);
            progress.close();
            new Closing(style(), out).print(result, order.output().resolve(HtmlReport.NAME));
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
        Installation installation = Installation.locate(scripts, apiJar);
        if (scenario.endsWith(".js") || scenario.endsWith(".ts")) {
            String file = Path.of(scenario).getFileName().toString();
            String name = file.substring(0, file.length() - ".js".length());
            return List.of(order(name, Path.of(scenario), Map.of(), Map.of(), output(name), installation));
        }
        List<Scenario> scenarios = Scenario.named(scenario);
        boolean suite = scenarios.size() > 1;
        Path folder = output(suite ? Scenario.AI_ALL : scenarios.get(0).name());
        return scenarios.stream()
                .map(each -> order(
                        each.name(),
                        installation.scripts().resolve(each.script()),
                        each.env(),
                        each.serviceEnv(),
                        suite ? folder.resolve(each.name()) : folder,
                        installation))
                .toList();
    }

    private RunOrder order(
            String name,
            Path script,
            Map<String, String> scenarioEnv,
            Map<String, String> serviceEnv,
            Path folder,
            Installation installation) {
        Map<String, String> variables = new TreeMap<>();
        for (String variable : scriptVariables) {
            String value = System.getenv(variable);
            if (value != null && !value.isEmpty()) {
                variables.put(variable, value);
            }
        }
        variables.putAll(scenarioEnv);
        variables.putAll(env);
        URI service = service(variables, installation.scripts());
        return new RunOrder(name, script, variables, serviceEnv, service, port, installation.apiJar(), folder);
    }

    /** Where the load goes; null if the BookStore API is to be started for it. */
    private @Nullable URI service(Map<String, String> variables, Path scriptFolder) {
        String address = variables.getOrDefault("BASE_URL", baseUrl == null ? "" : baseUrl);
        String target = variables.getOrDefault("TARGET", TargetDescriptor.OWN);
        if (!target.equals(TargetDescriptor.OWN)) {
            TargetDescriptor descriptor = TargetDescriptor.read(target, scriptFolder);
            variables.put("TARGET", descriptor.forScripts());
            address = address.isEmpty() ? descriptor.baseUrl() : address;
        }
        if (address.isEmpty()) {
            return null;
        }
        try {
            URI uri = URI.create(address.replaceAll("/+$", ""));
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // Falls through to the sentence below.
        }
        throw new PerfException(
                ExitCode.USAGE,
                "BASE_URL must be an http or https URL such as http://localhost:7002, was \"" + address + "\".");
    }

    private Path output(String name) {
        return output == null ? Path.of("reports", name + "-" + folderTime.format(LocalDateTime.now())) : output;
    }

    private static ProgressStyle style() {
        return ProgressStyle.detect(Terminal.attached(), System.getenv(), Terminal.charset());
    }
}
