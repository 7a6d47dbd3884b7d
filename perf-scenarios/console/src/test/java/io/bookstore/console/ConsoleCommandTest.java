package io.bookstore.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.terminal.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ConsoleCommandTest {

    private static final Pattern ADDRESSES =
            Pattern.compile("The console is at (\\S+) until.*OTEL_EXPORTER_OTLP_ENDPOINT=(\\S+) ", Pattern.DOTALL);

    private final Interruption interruption = new Interruption();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysWhereItIsAndWhereSpansGoUntilItIsInterrupted() throws Exception {
        // given
        CompletableFuture<Integer> exitCode = start("--port", "0", "--otlp-port", "0");

        // when
        Matcher addresses = addresses(exitCode);

        // then
        assertThat(status(addresses.group(1) + "/")).isEqualTo(200);
        assertThat(status(addresses.group(2) + "/")).isEqualTo(404);
        assertThat(status(addresses.group(2) + "/v1/traces")).isEqualTo(405);
        interruption.ask();
        assertThat(exitCode.get(5, TimeUnit.MINUTES)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"--port", "--otlp-port"})
    void takenPortIsOneSentence(String option) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exitCode = option.equals("--port")
                    ? run("--port", "" + taken.getLocalPort())
                    : run("--port", "0", option, "" + taken.getLocalPort());

            assertThat(exitCode).isEqualTo(71);
            assertThat(err.toString())
                    .startsWith("Cannot listen on port " + taken.getLocalPort() + " (")
                    .contains("or name another port with " + option + ".")
                    .hasLineCount(1);
        }
    }

    @Test
    void consoleThatIsThereAlreadyIsNamed() throws Exception {
        CompletableFuture<Integer> exitCode = start("--port", "0");
        try {
            String there = addresses(exitCode).group(1);

            int second = run(new Interruption(), "--port", there.substring(there.lastIndexOf(':') + 1));

            assertThat(second).isEqualTo(71);
            assertThat(err.toString())
                    .isEqualTo("A console is already at " + there + ": open it, or name another port with --port.\n");
        } finally {
            interruption.ask();
        }
        assertThat(exitCode.get(5, TimeUnit.MINUTES)).isZero();
    }

    @Test
    void numberThatIsNoPortIsAnError() {
        assertThat(run("--otlp-port", "70000")).isEqualTo(64);
        assertThat(err.toString()).startsWith("--otlp-port must be a port, 0 to 65535, was 70000.");
    }

    @Test
    void simulatorElsewhereIsAnError() {
        assertThat(run("--simulator", "http://192.0.2.1:7005")).isEqualTo(64);
        assertThat(err.toString())
                .startsWith(
                        "--simulator must be the address of a simulator on this machine, such as http://127.0.0.1:7005");
    }

    @Test
    void serviceElsewhereIsAnError() {
        assertThat(run("--service", "http://192.0.2.1:7002")).isEqualTo(64);
        assertThat(err.toString())
                .startsWith(
                        "--service must be the address of a service on this machine, such as http://localhost:7002");
    }

    /** On a thread of its own: two processors give the common pool of JDK 25 one, and every HttpClient needs that. */
    private CompletableFuture<Integer> start(String... options) {
        return CompletableFuture.supplyAsync(() -> run(options), task -> new Thread(task).start());
    }

    private int run(String... options) {
        return run(interruption, options);
    }

    private int run(Interruption interruption, String... options) {
        CommandLine commandLine = PerfCommand.commandLine(List.of(), interruption);
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(
                Stream.concat(Stream.of("console"), Stream.of(options)).toArray(String[]::new));
    }

    private Matcher addresses(CompletableFuture<Integer> exitCode) throws InterruptedException {
        while (!exitCode.isDone()) {
            Matcher addresses = ADDRESSES.matcher(out.toString());
            if (addresses.find()) {
                return addresses;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new AssertionError("it ended: " + out + err);
    }

    private static int status(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
