package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The API of the provider without a simulator, with one that has gone, and with programs that are none. */
class UnavailableSimulatorTest {

    private static final String CONFIG =
            "{'profile':'zero','seed':1,'promptCache':'off','limits':{'counting':'reserve','per':'key'},'faults':[]}";

    @Test
    void withoutASimulatorThePageSaysHowToStartOne() throws Exception {
        TestConsole alone = new TestConsole();
        try {
            JsonNode provider = alone.json("/api/provider");

            assertThat(provider.path("status").asText()).isEqualTo("none");
            assertThat(provider.path("sentence").asText())
                    .startsWith(
                            "No simulator is known, and the service at http://127.0.0.1:1 tells of none: start one with \"java -jar llm-simulator.jar\"");
            assertThat(alone.get("/api/provider/verdicts").statusCode()).isEqualTo(404);
            assertThat(alone.put("/api/provider/config", "{}").statusCode()).isEqualTo(404);
        } finally {
            alone.close();
        }
    }

    @Test
    void simulatorThatHasGoneIsSaid() throws Exception {
        SimulatorServer gone =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
        gone.close();
        TestConsole lost = new TestConsole(gone.baseUrl());
        try {
            String sentence = "The simulator at " + gone.baseUrl()
                    + " does not answer: start it again, or name another with --simulator.";

            JsonNode provider = lost.json("/api/provider");
            HttpResponse<String> change = lost.put("/api/provider/config", "{}");

            assertThat(provider.path("status").asText()).isEqualTo("silent");
            assertThat(provider.path("sentence").asText()).isEqualTo(sentence);
            assertThat(provider.has("state")).isFalse();
            assertThat(change.statusCode()).isEqualTo(502);
            assertThat(ProviderApiTest.detail(change)).isEqualTo(sentence);
        } finally {
            lost.close();
        }
    }

    static Stream<Arguments> strangeAnswers() {
        return Stream.of(
                Arguments.of(200, "<html>", "its answer to /admin/config cannot be read"),
                Arguments.of(200, "null", "its answer to /admin/config cannot be read"),
                Arguments.of(200, "{'profile':'zero'}", "its answer to /admin/config cannot be read"),
                Arguments.of(200, CONFIG.replace("[]", "[null]"), "its answer to /admin/config cannot be read"),
                Arguments.of(
                        200, CONFIG.replace("'zero'", "{'name':[]}"), "its answer to /admin/config cannot be read"),
                Arguments.of(200, CONFIG, "its answer to /metrics tells no active requests"),
                Arguments.of(200, " ".repeat(3 << 20), "its answer to /admin/config has more than 2097152 bytes"),
                Arguments.of(302, "", "its answer to /admin/config has the status 302"),
                Arguments.of(500, CONFIG, "its answer to /admin/config has the status 500"));
    }

    @ParameterizedTest
    @MethodSource("strangeAnswers")
    void programThatIsNoSimulatorIsSaidAndNothingOfItsAnswerGoesOn(int status, String body, String fault)
            throws Exception {
        HttpServer program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        program.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", "/admin/config");
            exchange.sendResponseHeaders(status, 0);
            try (OutputStream answer = exchange.getResponseBody()) {
                answer.write(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
            }
        });
        program.start();
        URI address = URI.create("http://127.0.0.1:" + program.getAddress().getPort());
        TestConsole deceived = new TestConsole(address);
        try {
            JsonNode provider = deceived.json("/api/provider");

            assertThat(provider.path("status").asText()).isEqualTo("silent");
            assertThat(provider.path("sentence").asText())
                    .isEqualTo("The program at " + address + " is no simulator of this kit: " + fault + ".");
        } finally {
            deceived.close();
            program.stop(0);
        }
    }
}
