package io.bookstore.perf.cli.capacity;

import io.bookstore.k6.run.Inspection;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.Quantity;
import io.bookstore.perf.capacity.Capacity;
import io.bookstore.perf.capacity.CapacityRules;
import io.bookstore.perf.cli.option.ApiJarOption;
import io.bookstore.perf.cli.option.ConsentOption;
import io.bookstore.perf.cli.option.EngineNameOption;
import io.bookstore.perf.cli.option.EventsOption;
import io.bookstore.perf.cli.option.JsonOption;
import io.bookstore.perf.cli.option.LoadedServiceOption;
import io.bookstore.perf.cli.option.ScenarioOption;
import io.bookstore.perf.cli.option.SessionOption;
import io.bookstore.perf.cli.option.SloOption;
import io.bookstore.perf.cli.option.SpendingOption;
import io.bookstore.perf.cli.terminal.AnswerFile;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.cli.terminal.Json;
import io.bookstore.perf.cli.terminal.Lines;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.scenario.Pace;
import io.bookstore.perf.scenario.Scenario;
import io.bookstore.perf.slo.Slo;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "capacity",
        customSynopsis = "llm-perf capacity [OPTIONS] [SCENARIO]",
        defaultValueProvider = CapacityCommand.DefaultScenario.class,
        description = {
            "Searches the highest arrival rate at which enough requests are within their limits.",
            "docs/capacity.md has the method."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without SCENARIO it asks for summaries; a script of your own must arrive at the",
            "rate that it gets in CAPACITY_RATE. Each probe is an open loop of one rate; the",
            "search ends after 10, or when the interval is narrow. Exit code 0 if a rate",
            "holds, 99 if not even the lowest does, 82 if the probes do not tell, 83 if one",
            "was no valid measurement.",
            "",
            "Examples:",
            "  llm-perf capacity --to 300                        start the API and load it",
            "  llm-perf capacity --base-url http://host:7002 --slo llm.ttft=2s,llm.e2e=8s",
            "  llm-perf capacity --attainment 99 --probe 2m --probes 15",
            "  llm-perf capacity --target my-service.yml --from 60 --to 3000 --probe 30s",
            "  llm-perf capacity my-script.js --base-url http://host:7002 --json",
            "  llm-perf capacity --out reports/search --resume   go on after Ctrl-C"
        })
public final class CapacityCommand implements Callable<Integer> {

    // The variables by which a script is told how to probe; docs/capacity.md has them.
    static final String LENGTH = "CAPACITY_PROBE";
    private static final String LIMIT = "CAPACITY_LIMIT_MS";
    static final String MOST_BAD = "CAPACITY_MOST_BAD";
    private static final List<String> VARIABLES = List.of(CapacityRunner.RATE, LENGTH, LIMIT, MOST_BAD);

    /** A probe ends early with three times the bad answers that are allowed, but not because of a few. */
    private static final double HOPELESS = 3;

    private static final int FEWEST_BAD = 10;

    private final List<? extends EngineOption> engines;
    private final Interruption interruption;
    private final InputStream input;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioOption scenario = new ScenarioOption();

    @Mixin
    private LoadedServiceOption service = new LoadedServiceOption();

    @Mixin
    private SearchOption search = new SearchOption();

    @Mixin
    private EngineNameOption engine = new EngineNameOption();

    @Mixin
    private SloOption slo = new SloOption();

    @Mixin
    private ApiJarOption api = new ApiJarOption();

    @Mixin
    private SessionOption session = new SessionOption("probes");

    @Mixin
    private SpendingOption spending = new SpendingOption();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Mixin
    private EventsOption events = new EventsOption();

    @SuppressWarnings("NullAway.Init")
    public CapacityCommand(List<? extends EngineOption> engines, Interruption interruption) {
        this(engines, interruption, System.in);
    }

    /** @param input the standard input, which {@code --events} reads */
    @SuppressWarnings("NullAway.Init")
    CapacityCommand(List<? extends EngineOption> engines, Interruption interruption, InputStream input) {
        this.engines = engines;
        this.interruption = interruption;
        this.input = input;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = events.messages(json);
        CapacityRules rules = search.rules();
        Duration length = search.probe();
        Scenario only = scenario.only("A capacity");
        Slo limits = slo.limits();
        ProbeFolders folders =
                ProbeFolders.open(session.folder().orElseGet(() -> scenario.newFolder("")), session.resume());
        CapacityRunner.Orders orders = (rate, number, spent) -> order(only, limits, rate, folders.of(number), spent);
        EngineChoice choice = engine.choose(engines);
        scenario.warn(out);
        ScenarioRunner runner = new ScenarioRunner(
                choice,
                Clock.systemUTC(),
                // The bill of all probes at the highest rate: more it cannot be.
                events.consent(consent, spending.limit(), out, input, interruption)
                        .onceFor(rules.mostProbes() * rules.to() / rules.from()));
        checkScript(runner, orders, rules);
        out.println("capacity of %s: %s to %s a minute, at most %d probes of %s: %s, and the start of the service"
                .formatted(
                        only.name(),
                        CapacityWords.rate(rules.from()),
                        CapacityWords.rate(rules.to()),
                        rules.mostProbes(),
                        Quantity.duration(length),
                        Quantity.duration(length.multipliedBy(rules.mostProbes()))));
        out.println("probes in " + folders.folder());
        out.println("engine " + choice.engine().name() + ": " + choice.reason());
        CapacityWatcher watcher =
                new CapacityWatcher(events.asked() ? events.printer() : null, only.name(), rules, folders);
        Capacity capacity = new CapacityRunner(
                        folders, rules, watcher, runner, orders, interruption, events.style(json), out)
                .search();
        return capacity == null ? ExitCode.INTERRUPTED.value() : tell(capacity, rules, only, folders);
    }

    private int tell(Capacity capacity, CapacityRules rules, Scenario only, ProbeFolders folders) {
        int exitCode = exitCode(capacity).value();
        List<String> sentences = new CapacityWords(capacity, rules).sentences();
        CapacityJson answer =
                CapacityJson.of(capacity, rules, only.name(), folders, String.join(" ", sentences), exitCode);
        String jsonText = Json.of(answer);
        AnswerFile.write(folders.folder().resolve(CapacityJson.NAME), jsonText);
        print(answer, jsonText, sentences, capacity);
        return exitCode;
    }

    private void print(CapacityJson answer, String jsonText, List<String> sentences, Capacity capacity) {
        if (events.asked()) {
            events.printer().print("result", answer);
        } else if (json.asked()) {
            spec.commandLine().getOut().println(jsonText);
        }
        if (!json.asked()) {
            PrintWriter out = events.messages(json);
            out.println();
            sentences.forEach(sentence -> Lines.of(sentence).forEach(out::println));
            out.println();
            ProbeTable.of(capacity).lines().forEach(out::println);
        }
    }

    private static ExitCode exitCode(Capacity capacity) {
        return switch (capacity.ending()) {
            case NARROW, PROBES_USED, HIGHEST_HOLDS -> capacity.lower() == null ? ExitCode.UNDECIDED : ExitCode.OK;
            case LOWEST_FAILS -> ExitCode.THRESHOLDS_CROSSED;
            case INVALID -> ExitCode.INVALID;
        };
    }

    /** Looks at the script at the highest rate before anything starts: a mistake there would cost all probes before it. */
    private void checkScript(ScenarioRunner runner, CapacityRunner.Orders orders, CapacityRules rules)
            throws InterruptedException {
        RunOrder highest = orders.of(CapacityRunner.text(rules.to()), 1, 0);
        Inspection inspection;
        try {
            inspection = runner.inspect(highest);
        } catch (PerfException refusal) {
            throw new PerfException(
                    refusal.exitCode(),
                    "At --to " + CapacityWords.rate(rules.to()) + " a minute: " + refusal.getMessage());
        }
        ScenarioOption.requireRunnable(inspection);
        inspection.known().ifPresent(plan -> requireRate(plan, rules.to(), highest));
    }

    private static void requireRate(RunPlan plan, double perMinute, RunOrder order) {
        double planned = plan.scenarios().stream()
                .filter(RunPlan.Scenario::openLoop)
                .mapToDouble(RunPlan.Scenario::volume)
                .sum();
        double wanted = perMinute * plan.duration().toMillis() / 60_000.0;
        if (Math.abs(planned - wanted) > 0.05 * wanted) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "%s does not arrive at CAPACITY_RATE a minute for CAPACITY_PROBE: read both in its options, as docs/capacity.md"
                                    .formatted(order.script().file())
                            + " shows, or leave SCENARIO out.");
        }
    }

    private RunOrder order(Scenario only, Slo limits, String rate, Path folder, double spentUsd) {
        Map<String, String> variables = new TreeMap<>(scenario.variables(only));
        for (String own : VARIABLES) {
            if (variables.containsKey(own)) {
                throw new PerfException(
                        ExitCode.USAGE,
                        own + " is set by the search: leave it out, and use --from, --to, --probe and --slo.");
            }
        }
        variables.put(CapacityRunner.RATE, rate);
        variables.put(LENGTH, search.probeText());
        variables.put(MOST_BAD, String.valueOf(mostBad(Double.parseDouble(rate), Pace.scale(variables))));
        Duration limit = endToEnd(limits);
        if (limit != null) {
            variables.put(LIMIT, String.valueOf(limit.toMillis()));
        }
        return new RunOrder(
                only.name(),
                new RunOrder.Script(scenario.script(only), variables),
                new RunOrder.Service(scenario.service(service), api.jar(), only.serviceEnv(), scenario.paid()),
                folder,
                new RunOrder.Rules(spending.usd() - spentUsd, false, limits));
    }

    /** The limit by which a script may stop counting good answers; null if it is the script's own. */
    private static @Nullable Duration endToEnd(Slo limits) {
        Slo.Limits model = limits.limits().get(Kind.LLM);
        return model == null ? null : model.e2e();
    }

    private long mostBad(double perMinute, double scale) {
        double arrivals = perMinute * search.probe().toMillis() / 60_000.0 * scale;
        return Math.max(FEWEST_BAD, Math.round(HOPELESS * (1 - search.rules().attainment()) * arrivals));
    }

    /** The scenario of a command line that names none. */
    static final class DefaultScenario implements CommandLine.IDefaultValueProvider {

        static final String NAME = "capacity-probe";

        DefaultScenario() {}

        @Override
        public @Nullable String defaultValue(ArgSpec argument) {
            return argument.isPositional() ? NAME : null;
        }
    }
}
