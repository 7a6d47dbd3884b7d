package io.bookstore.simulator;

import io.bookstore.simulator.fit.FitCommand;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.limit.LimitScope;
import io.bookstore.simulator.record.DriftCommand;
import io.bookstore.simulator.record.RecordCommand;
import io.bookstore.simulator.record.ReplayCommand;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.AnswersYaml;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.simulation.BehaviourJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code java -jar llm-simulator.jar}. */
@Command(
        name = "llm-simulator",
        mixinStandardHelpOptions = true,
        version = "llm-simulator 0.1.0",
        sortOptions = false,
        description = "Answers as the LLM providers do, free of charge and the same on every run.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar llm-simulator.jar",
            "  java -jar llm-simulator.jar --profile fixed --seed 42",
            "  java -jar llm-simulator.jar --port 0 --profile zero",
            "  java -jar llm-simulator.jar --config simulator.json",
            "  java -jar llm-simulator.jar --answers answers.yaml",
            "  java -jar llm-simulator.jar fit journal.jsonl",
            "  java -jar llm-simulator.jar record --to https://api.openai.com \\",
            "      --out calls.jsonl",
            "  java -jar llm-simulator.jar replay calls.jsonl",
            "",
            "simulator.json, all of whose keys may be left out, and which PUT /admin/config",
            "takes too:",
            "  {\"profile\": \"sonnet-class\", \"seed\": 42,",
            "   \"limits\": {\"requestsPerMinute\": 50, \"outputTokensPerMinute\": 8000,",
            "              \"counting\": \"reserve\"},",
            "   \"faults\": [{\"fault\": \"529\", \"probability\": 0.1,",
            "               \"fromSeconds\": 60, \"untilSeconds\": 90}]}",
            "",
            "answers.yaml, which PUT /admin/answers takes too; what no rule matches is",
            "answered as without rules:",
            "  rules:",
            "    - match: {prompt: {contains: weather}, turn: 1}",
            "      response: {content: \"It is sunny.\"}",
            "",
            "SIMULATOR_HOST, _PORT, _CONFIG, _ANSWERS, _PROFILE, _SEED and _LIMITS_PER stand",
            "for the options left out.",
            "",
            "Then point a client at the printed URL, for instance",
            "  curl -N localhost:7005/v1/messages -H 'x-api-key: none' \\",
            "    -H 'anthropic-version: 2023-06-01' \\",
            "    -d '{\"model\":\"claude-sonnet\",\"max_tokens\":200,\"stream\":true,",
            "         \"messages\":[{\"role\":\"user\",",
            "           \"content\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}'"
        })
public final class Main implements Callable<Integer> {

    private static final String ENVIRONMENT_PREFIX = "SIMULATOR_";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "address to listen on (default: ${DEFAULT-VALUE})")
    private String host = SimulatorConfig.defaults().host();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "port to listen on, 0 for any (default: ${DEFAULT-VALUE})")
    private int port = SimulatorConfig.defaults().port();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "JSON with profile, seed, limits and faults; --profile, --seed and --limits-per win over it")
    private @Nullable Path config;

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description = "YAML with own answers, and the rules by which they are given")
    private @Nullable Path answers;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "class of provider: sonnet-class, haiku-class, reasoning-class, bedrock-sonnet, ollama-cpu, degraded, fixed, zero"
                            + " (default: sonnet-class)")
    private @Nullable String profile;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "what all chance is drawn from (default: 1)")
    private @Nullable Long seed;

    @Option(
            names = "--limits-per",
            paramLabel = "SCOPE",
            description = "requests that share the limits of --config: provider, key, organization or model"
                    + " (default: provider)")
    private @Nullable String limitsPer;

    public static void main(String[] args) {
        Launcher.followParent();
        OptionalInt exitCode =
                Launcher.current(System.getenv()).second().map(Launcher::run).orElse(OptionalInt.empty());
        System.exit(exitCode.orElseGet(() -> commandLine(System.getenv()).execute(args)));
    }

    /** @param environment {@code SIMULATOR_HOST} and the like stand for options that are left out: containers are told so */
    static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new Main())
                .setDefaultValueProvider(argument -> argument instanceof OptionSpec option
                        ? environment.get(ENVIRONMENT_PREFIX
                                + option.longestName()
                                        .substring(2)
                                        .replace('-', '_')
                                        .toUpperCase(Locale.ROOT))
                        : null)
                // After the variables, which stand for options of the server alone.
                .addSubcommand(new FitCommand())
                .addSubcommand(new RecordCommand())
                .addSubcommand(new ReplayCommand())
                .addSubcommand(new DriftCommand())
                .setParameterExceptionHandler((problem, arguments) -> explain(problem))
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    if (exception instanceof IllegalArgumentException || exception instanceof SimulatorStartException) {
                        command.getErr().println(exception.getMessage());
                        return exception instanceof SimulatorStartException ? 1 : 2;
                    }
                    throw exception;
                });
    }

    /** Says what is wrong in a line, where the whole help would push it out of the window. */
    private static int explain(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        command.getErr().println(problem.getMessage());
        UnmatchedArgumentException.printSuggestions(problem, command.getErr());
        command.getErr().println("See \"" + command.getCommandSpec().qualifiedName() + " --help\".");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public Integer call() throws InterruptedException {
        Behaviour behaviour = behaviour();
        Answers own = answers == null ? Answers.NONE : AnswersYaml.read(answers);
        own.warnings().forEach(spec.commandLine().getErr()::println);
        SimulatorConfig start = SimulatorConfig.defaults()
                .withHost(host)
                .withPort(port)
                .withBehaviour(behaviour)
                .withAnswers(own);
        try (SimulatorServer server = SimulatorServer.start(start)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "simulator-shutdown"));
            PrintWriter out = spec.commandLine().getOut();
            out.println("llm-simulator listens on " + server.baseUrl() + " (profile "
                    + behaviour.profile().name() + ", seed " + behaviour.seed() + "); Ctrl-C ends it");
            out.flush();
            server.awaitClose();
        }
        return 0;
    }

    /** The behaviour that the options ask for. */
    Behaviour behaviour() {
        Behaviour behaviour = SimulatorConfig.defaults().behaviour();
        if (config != null) {
            behaviour = BehaviourJson.read(text(config), behaviour);
        }
        if (profile != null) {
            behaviour = behaviour.withProfile(Profiles.named(profile));
        }
        if (limitsPer != null) {
            behaviour = behaviour.withLimits(behaviour.limits().withPer(LimitScope.named("--limits-per", limitsPer)));
            if (behaviour.limits().unlimited()) {
                throw new IllegalArgumentException(
                        "--limits-per needs limits: give requestsPerMinute or another of them in --config");
            }
        }
        return seed == null ? behaviour : behaviour.withSeed(seed);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read " + file + ": correct --config, or leave it out", e);
        }
    }
}
