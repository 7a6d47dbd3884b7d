package io.bookstore.simulator.record;

import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.http.HttpServer;
import io.bookstore.simulator.http.HttpServer.CannotListenException;
import io.bookstore.simulator.journal.Journal;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.simulation.Simulation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of a replay: {@code java -jar llm-simulator.jar replay FILE}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Answers with what was recorded, each chunk at its time; other requests as the simulator does.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar llm-simulator.jar replay calls.jsonl",
            "  java -jar llm-simulator.jar replay calls.jsonl more.jsonl --speed 10",
            "  java -jar llm-simulator.jar replay calls.jsonl --strict"
        })
public final class ReplayCommand implements Callable<Integer> {

    private static final int JOURNAL_CAPACITY = 100_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "recordings, read as one")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private List<Path> files;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "how many times as fast as recorded (default: ${DEFAULT-VALUE})")
    private double speed = 1;

    @Option(
            names = "--strict",
            description = "refuse a request that was not recorded, with the provider's error for an unknown path")
    private boolean strict;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "profile of the simulator's own answers (default: ${DEFAULT-VALUE})")
    private String profile = "sonnet-class";

    @Option(names = "--host", paramLabel = "ADDRESS", description = "address to listen on (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "port to listen on, 0 for any (default: ${DEFAULT-VALUE})")
    private int port = 7005;

    @Override
    public Integer call() throws InterruptedException {
        Behaviour behaviour = Behaviour.defaults().withProfile(Profiles.named(profile));
        Cassette cassette = Cassette.read(files);
        PrintWriter err = spec.commandLine().getErr();
        cassette.leftOut().forEach(err::println);
        err.flush();
        Replay replay = new Replay(cassette.lines(), speed, strict);
        Tokenizer.load();
        Simulation simulation = new Simulation(behaviour, new Journal(JOURNAL_CAPACITY), Clock.systemUTC());
        try (HttpServer server = HttpServer.start(host, port, simulation, replay)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "replay-shutdown"));
            PrintWriter terminal = spec.commandLine().getOut();
            terminal.println("llm-simulator replays " + counted(cassette.lines().size(), "answer") + " to "
                    + counted(replay.requests(), "request") + " at " + RecordCommand.baseUrl(server.address())
                    + (strict ? " (strict)" : "") + "; Ctrl-C ends it");
            terminal.flush();
            server.awaitClose();
            return 0;
        } catch (CannotListenException e) {
            err.println(RecordCommand.cannotListen(host, port, e));
            return 1;
        }
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
