package io.bookstore.simulator.record;

import io.bookstore.simulator.http.HttpServer.CannotListenException;
import io.bookstore.simulator.proxy.ProxyServer;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of a recording: {@code java -jar llm-simulator.jar record --to URL --out FILE}. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Passes requests on to a provider, and records its answers with the time of each chunk.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar llm-simulator.jar record --to https://api.openai.com \\",
            "      --out calls.jsonl",
            "  java -jar llm-simulator.jar replay calls.jsonl",
            "  java -jar llm-simulator.jar fit calls.jsonl",
            "",
            "Keys, cookies and signatures pass on and are never written: docs/recordings.md",
            "has what is."
        })
public final class RecordCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Option(
            names = "--to",
            paramLabel = "URL",
            required = true,
            description = "base URL of the provider, http or https, without the path that clients add")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private URI to;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "recording to write; one that is there is continued")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Path out;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "address to listen on (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "port to listen on, 0 for any (default: ${DEFAULT-VALUE})")
    private int port = 7006;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter terminal = spec.commandLine().getOut();
        try (CassetteWriter writer = new CassetteWriter(out, sentence -> {
                    err.println(sentence);
                    err.flush();
                });
                ProxyServer proxy = ProxyServer.start(host, port, to, writer)) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                proxy.close();
                                writer.close();
                                terminal.println("Wrote " + writer.written()
                                        + (writer.written() == 1 ? " answer to " : " answers to ") + out);
                                terminal.flush();
                            },
                            "recording-shutdown"));
            terminal.println("llm-simulator records " + to + " into " + out + " at " + baseUrl(proxy.address())
                    + "; Ctrl-C ends it");
            terminal.flush();
            proxy.awaitClose();
            return 0;
        } catch (CannotListenException e) {
            err.println(cannotListen(host, port, e));
            return 1;
        }
    }

    static String baseUrl(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    static String cannotListen(String host, int port, CannotListenException e) {
        String cause = e.getCause() == null
                ? e.toString()
                : String.valueOf(e.getCause().getMessage());
        return "Cannot listen on " + host + ":" + port + " (" + cause + "): choose another --port, or 0 for any";
    }
}
