package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers that let a page in a browser call a provider, and keep it from the admin routes. */
class CorsTest {

    private static final String ORIGIN = "origin: http://localhost:3000";
    private static final String BODY =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";

    private final SimulatorServer server = SimulatorServer.start(
            SimulatorConfig.defaults().withPort(0).withProfile("zero").withMaxBodyBytes(1_000));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void browserThatAsksFirstIsAllowedTheHeadersItNames() throws Exception {
        String answer = http.exchange(RawHttp.requestWithoutKey(
                "OPTIONS",
                "/v1/chat/completions",
                "",
                ORIGIN,
                "access-control-request-method: POST",
                "access-control-request-headers: authorization,content-type"));

        assertThat(answer)
                .startsWith("HTTP/1.1 204 ")
                .contains("access-control-allow-origin: *\r\n")
                .contains("access-control-allow-methods: GET, POST, DELETE\r\n")
                .contains("access-control-allow-headers: authorization,content-type\r\n")
                .contains("access-control-max-age: 86400\r\n");
        assertThat(server.journal().attempts()).isEmpty();
    }

    @Test
    void answersAndRefusalsToAPageMayBeReadByIt() throws Exception {
        assertThat(http.post("/v1/chat/completions", BODY, ORIGIN))
                .startsWith("HTTP/1.1 200 ")
                .contains("access-control-allow-origin: *\r\n", "access-control-expose-headers: *\r\n");
        assertThat(http.post("/v1/chat/completions", "{}", ORIGIN))
                .startsWith("HTTP/1.1 400 ")
                .contains("access-control-allow-origin: *\r\n");
        assertThat(http.post("/v1/chat/completions", " ".repeat(1_001), ORIGIN))
                .startsWith("HTTP/1.1 413 ")
                .contains("access-control-allow-origin: *\r\n");
    }

    @Test
    void requestOfAProgramGetsNoSuchHeader() throws Exception {
        assertThat(http.post("/v1/chat/completions", BODY)).doesNotContain("access-control-");
        assertThat(http.exchange("OPTIONS", "/v1/chat/completions", "")).startsWith("HTTP/1.1 405 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/config", "/admin/journal", "/health", "/metrics"})
    void adminRouteIsNotForPagesOfOthers(String path) throws Exception {
        assertThat(http.get(path, ORIGIN)).startsWith("HTTP/1.1 200 ").doesNotContain("access-control-");
        assertThat(http.exchange("OPTIONS", path, "", ORIGIN, "access-control-request-method: PUT"))
                .startsWith("HTTP/1.1 404 ")
                .doesNotContain("access-control-");
    }
}
