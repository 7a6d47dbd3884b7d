package io.bookstore.simulator;

import io.bookstore.simulator.latency.Profiles;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
            "",
            "Then point a client at the printed URL, for instance",
            "  curl -N localhost:7005/v1/messages -H 'content-type: application/json' \\",
            "    -d '{\"model\":\"claude-sonnet\",\"max_tokens\":200,\"stream\":true,",
            "         \"messages\":[{\"role\":\"user\",\"content\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}'"
        })
public final class Main implements Callable<Integer> {

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
            names = "--profile",
            paramLabel = "NAME",
            description = "class of provider: sonnet-class, fixed, zero (default: ${DEFAULT-VALUE})")
    private String profile = SimulatorConfig.defaults().behaviour().profile().name();

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "what all chance is drawn from (default: ${DEFAULT-VALUE})")
    private long seed = SimulatorConfig.defaults().behaviour().seed();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof IllegalArgumentException || exception instanceof SimulatorStartException) {
                command.getErr().println(exception.getMessage());
                return exception instanceof SimulatorStartException ? 1 : 2;
            }
            throw exception;
        });
    }

    @Override
    public Integer call() throws InterruptedException {
        SimulatorConfig config = SimulatorConfig.defaults()
                .withHost(host)
                .withPort(port)
                .withProfile(Profiles.named(profile))
                .withSeed(seed);
        try (SimulatorServer server = SimulatorServer.start(config)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "simulator-shutdown"));
            PrintWriter out = spec.commandLine().getOut();
            out.println("llm-simulator listens on " + server.baseUrl() + " (profile " + profile + ", seed " + seed
                    + "); Ctrl-C ends it");
            out.flush();
            server.awaitClose();
        }
        return 0;
    }
}
