package io.bookstore.perf.cli.plan;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.Inspection;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.option.JsonOption;
import io.bookstore.perf.cli.option.LoadOption;
import io.bookstore.perf.cli.option.ScenarioOption;
import io.bookstore.perf.cli.terminal.Json;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.plan.PlannedRun;
import io.bookstore.perf.plan.ServiceModel;
import io.bookstore.perf.plan.VirtualRun;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.scenario.Pace;
import io.bookstore.perf.scenario.Scenario;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.simulation.BehaviourJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        abbreviateSynopsis = true,
        description = "Says what a scenario will show before it runs: requests, tokens, dollars, 429s, latency.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Nothing is started and nothing is sent: the scenario runs in virtual time",
            "against the simulator's model of a provider, with the draws that a real run",
            "against it would meet.",
            "docs/plan.md has what is modelled and what is not.",
            "",
            "Examples:",
            "  llm-perf plan ai-all                              40 minutes in a second",
            "  llm-perf plan ai-stress --requests-per-minute 50  how many 429s at that limit",
            "  llm-perf plan ai-load --input-price 0.8 --output-price 4",
            "  llm-perf plan my-script.js --vus 5 --duration 10m --json"
        })
public final class PlanCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioOption scenario = new ScenarioOption();

    @Mixin
    private LoadOption load = new LoadOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Class of provider, as the simulator has it. Default: sonnet-class.")
    private @Nullable String profile;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Seed of all draws. Default: 1, as a started API has.")
    private @Nullable Long seed;

    @Option(
            names = "--provider-config",
            paramLabel = "FILE",
            description = "The simulator's JSON with profile, seed, limits and faults; the options win over it.")
    private @Nullable Path providerConfig;

    @Option(
            names = "--requests-per-minute",
            paramLabel = "NUMBER",
            description = "The provider's limit of requests. Default: none.")
    private @Nullable Long requestsPerMinute;

    @Option(
            names = "--input-tokens",
            paramLabel = "NUMBER",
            description = "Tokens of a prompt. Default: 138, the BookStore API's mean.")
    private @Nullable Integer inputTokens;

    @Option(
            names = "--attempts",
            paramLabel = "NUMBER",
            description = "Most attempts of the service for one request. Default: 3.")
    private @Nullable Integer attempts;

    @Option(
            names = "--overhead-ms",
            paramLabel = "MS",
            description = "Time that the service adds to an answer. Default: 8.")
    private @Nullable Long overheadMs;

    @Option(
            names = "--input-price",
            paramLabel = "USD",
            description = "Dollars for a million input tokens. Default: 3.")
    private @Nullable Double inputPrice;

    @Option(
            names = "--output-price",
            paramLabel = "USD",
            description = "Dollars for a million output tokens. Default: 15.")
    private @Nullable Double outputPrice;

    @SuppressWarnings("NullAway.Init")
    public PlanCommand() {}

    @Override
    public Integer call() {
        ServiceModel model = valid(this::model);
        Behaviour provider = valid(this::provider);
        // One after the other: the later parts of a suite find the code of the scripts warm, side by side all of them
        // are cold.
        Map<String, PlannedRun> runs = new LinkedHashMap<>();
        scenario.scenarios().forEach(each -> runs.put(each.name(), run(each, model, provider)));
        if (json.asked()) {
            spec.commandLine().getOut().println(Json.of(PlanJson.of(provider, runs)));
        } else {
            new PlanPrinter(provider, runs).print(spec.commandLine().getOut());
        }
        return ExitCode.OK.value();
    }

    private static <T> T valid(Supplier<T> options) {
        try {
            return options.get();
        } catch (IllegalArgumentException e) {
            throw new PerfException(ExitCode.USAGE, e.getMessage() + ".");
        }
    }

    private PlannedRun run(Scenario each, ServiceModel model, Behaviour provider) {
        Path script = scenario.script(each);
        RunOrder.requireScript(script);
        Map<String, String> env = scenario.variables(each);
        Inspection inspection =
                new EmbeddedEngine().inspect(new EngineRequest(script, env, Path.of("."), load.flags()));
        ScenarioOption.requireRunnable(inspection);
        return VirtualRun.of(
                inspection.known().orElseThrow(),
                new RunOrder.Script(script, env).pace(),
                Pace.scale(env),
                model,
                provider,
                RunOrder.limitsOf(script, env));
    }

    private ServiceModel model() {
        ServiceModel model = ServiceModel.bookStore();
        model = inputTokens == null ? model : model.withInputTokens(inputTokens);
        model = attempts == null ? model : model.withAttempts(attempts);
        model = overheadMs == null ? model : model.withOverhead(Duration.ofMillis(overheadMs));
        return model.withPrice(
                inputPrice == null ? model.inputUsd() : inputPrice,
                outputPrice == null ? model.outputUsd() : outputPrice);
    }

    private Behaviour provider() {
        Behaviour provider = Behaviour.defaults();
        if (providerConfig != null) {
            provider = BehaviourJson.read(text(providerConfig), provider);
        }
        provider = profile == null ? provider : provider.withProfile(Profiles.named(profile));
        provider = seed == null ? provider : provider.withSeed(seed);
        return requestsPerMinute == null
                ? provider
                : provider.withLimits(provider.limits().withRequestsPerMinute(requestsPerMinute));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT, "Cannot read " + file + ": name a JSON file of the simulator's configuration.");
        }
    }
}
