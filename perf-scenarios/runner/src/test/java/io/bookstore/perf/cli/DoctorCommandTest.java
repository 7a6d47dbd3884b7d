package io.bookstore.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.perf.testing.StandInApi;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorCommandTest {

    @TempDir
    private Path folder;

    private final PerfProcess perf = new PerfProcess();

    @Test
    void doctorSaysThatARunWouldWork() {
        try (StandInApi api = StandInApi.start()) {
            int exitCode = perf.run(
                    RecordedEngine.passing(),
                    "doctor",
                    "--engine",
                    "auto",
                    "--base-url",
                    api.baseUrl().toString());

            assertThat(exitCode).as(perf.out()).isZero();
            assertThat(perf.out())
                    .contains("recorded would run: a recording")
                    .contains(
                            api.baseUrl() + " is ready; summaries come from anthropic, simulated: a run costs nothing");
        }
    }

    @Test
    void doctorWarnsOfMoney() {
        try (StandInApi api = StandInApi.ofPaidProvider()) {
            perf.run(
                    RecordedEngine.passing(),
                    "doctor",
                    "--engine",
                    "auto",
                    "--base-url",
                    api.baseUrl().toString());

            assertThat(perf.out()).contains("not simulated: a run costs money");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"doctor", "health"})
    void serviceOfADescriptorIsAskedWhereAndAsItSays(String command) throws Exception {
        HttpServer helpdesk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        helpdesk.createContext("/", exchange -> {
            boolean health = exchange.getRequestURI().getPath().equals("/healthz");
            exchange.sendResponseHeaders(health ? 200 : 404, -1);
            exchange.close();
        });
        helpdesk.start();
        try {
            String address = "http://127.0.0.1:" + helpdesk.getAddress().getPort();
            Path descriptor = Files.writeString(
                    folder.resolve("helpdesk.yml"),
                    "name: helpdesk\nbaseUrl: " + address
                            + "\nhealth: { method: GET, path: /healthz }\noperations: {}\n");

            int exitCode = perf.run(RecordedEngine.passing(), (command + " --target " + descriptor).split(" "));

            assertThat(perf.out() + perf.err()).contains(address + " is ready").doesNotContain("sim port", "bookstore");
            assertThat(exitCode).as(perf.out()).isZero();
        } finally {
            helpdesk.stop(0);
        }
    }

    @Test
    void doctorExits69WhenARunWouldNotStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            int exitCode = perf.run(
                    RecordedEngine.passing(),
                    "doctor",
                    "--engine",
                    "warp",
                    "--port",
                    "" + taken.getLocalPort(),
                    "--json");

            assertThat(exitCode).isEqualTo(69);
            JsonNode findings = new ObjectMapper().readTree(perf.out());
            assertThat(texts(findings, "BAD"))
                    .anySatisfy(text -> assertThat(text).contains("Unknown engine \"warp\""))
                    .anySatisfy(text -> assertThat(text).contains(taken.getLocalPort() + " is taken", "--port 0"));
            assertThat(texts(findings, "OK"))
                    .anySatisfy(text -> assertThat(text).contains("processors"));
        }
    }

    private static List<String> texts(JsonNode findings, String state) {
        List<String> texts = new ArrayList<>();
        findings.forEach(finding -> {
            if (finding.get("state").asText().equals(state)) {
                texts.add(finding.get("text").asText());
            }
        });
        return texts;
    }
}
