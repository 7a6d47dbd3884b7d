package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.responses.ResponseCreateParams;
import io.bookstore.simulator.limit.LimitScope;
import io.bookstore.simulator.limit.Limits;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits of each key, organisation or model, by the headers that tell them. */
class LimitScopeTest {

    // Time stands still: no bucket is refilled between two requests.
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"), new HandClock());
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @BeforeEach
    void startOver() {
        server.reset();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/chat/completions                            | authorization: Bearer      | x-ratelimit-remaining-requests:
            /openai/v1/chat/completions                     | api-key:                   | x-ratelimit-remaining-requests:
            /v1/messages                                    | x-api-key:                 | anthropic-ratelimit-requests-remaining:
            /v1beta/models/gemini-2.5-flash:generateContent | x-goog-api-key:            |
            /model/amazon.nova-lite-v1:0/converse           | authorization: Bearer      |
            /api/chat                                       | authorization: Bearer      |
            """)
    void eachKeyHasBucketsOfItsOwn(String path, String header, String remaining) throws Exception {
        limit(LimitScope.KEY, 2);

        String first = withoutOtherKeys(path, header + " alice");
        String second = withoutOtherKeys(path, header + " alice");
        String third = withoutOtherKeys(path, header + " alice");
        String other = withoutOtherKeys(path, header + " bob");

        assertThat(first).startsWith("HTTP/1.1 200 ").contains(told(remaining, 1));
        assertThat(second).startsWith("HTTP/1.1 200 ").contains(told(remaining, 0));
        assertThat(third).startsWith("HTTP/1.1 429 ").contains(told(remaining, 0));
        assertThat(other).startsWith("HTTP/1.1 200 ").contains(told(remaining, 1));
    }

    @Test
    void keyInTheQueryIsTheOneInTheHeader() throws Exception {
        limit(LimitScope.KEY, 1);
        String path = "/v1beta/models/gemini-2.5-flash:generateContent";

        assertThat(withoutOtherKeys(path, "x-goog-api-key: alice")).startsWith("HTTP/1.1 200 ");
        assertThat(withoutOtherKeys(path + "?alt=json&key=alice", "accept: */*"))
                .startsWith("HTTP/1.1 429 ");
        assertThat(withoutOtherKeys(path + "?key=bob", "accept: */*")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void signatureIsKnownByTheKeyThatMadeIt() throws Exception {
        limit(LimitScope.KEY, 1);
        String signed = "authorization: AWS4-HMAC-SHA256 Credential=%s/20260102/us-east-1/bedrock/aws4_request,"
                + " SignedHeaders=host, Signature=%s";
        String path = "/model/amazon.nova-lite-v1:0/converse";

        assertThat(withoutOtherKeys(path, signed.formatted("ALICE", "5f3c"))).startsWith("HTTP/1.1 200 ");
        assertThat(withoutOtherKeys(path, signed.formatted("ALICE", "77a0"))).startsWith("HTTP/1.1 429 ");
        assertThat(withoutOtherKeys(path, signed.formatted("BOB", "5f3c"))).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void keyIsShownAsAHashAlone() throws Exception {
        limit(LimitScope.KEY, 1);
        for (String agent : new String[] {"one", "other"}) {
            withoutOtherKeys("/v1/chat/completions", "authorization: Bearer alice-secret", "user-agent: " + agent);
        }

        String journal = http.get("/admin/journal");

        assertThat(journal)
                .doesNotContain("alice", "secret")
                .containsPattern("\"client\":\"([0-9a-f]{12})-[0-9a-f]{8}\"[^$]*\"client\":\"\\1-");
        assertThat(server.journal().attempts().get(0).key().client())
                .isNotEqualTo(server.journal().attempts().get(1).key().client());
    }

    @ParameterizedTest
    @CsvSource({"openai-organization", "openai-project"})
    void eachOrganisationAndProjectHasBucketsOfItsOwn(String header) throws Exception {
        limit(LimitScope.ORGANIZATION, 1);
        String path = "/v1/chat/completions";

        assertThat(http.post(path, body(path), header + ": acme")).startsWith("HTTP/1.1 200 ");
        assertThat(http.post(path, body(path), header + ": acme", "authorization: Bearer other"))
                .startsWith("HTTP/1.1 429 ")
                .contains("x-ratelimit-remaining-requests: 0\r\n");
        assertThat(http.post(path, body(path), header + ": globex")).startsWith("HTTP/1.1 200 ");
        assertThat(http.post(path, body(path))).startsWith("HTTP/1.1 200 ");
        assertThat(http.post(path, body(path))).startsWith("HTTP/1.1 429 ");
    }

    @Test
    void openAisClientIsKnownByItsOrganisation() {
        limit(LimitScope.ORGANIZATION, 1);

        assertThat(ask(client("acme"))).isTrue();
        assertThat(ask(client("acme"))).isFalse();
        assertThat(ask(client("globex"))).isTrue();
    }

    @Test
    void eachModelHasBucketsOfItsOwn() throws Exception {
        limit(LimitScope.MODEL, 1);
        String path = "/v1/chat/completions";

        assertThat(http.post(path, body(path))).startsWith("HTTP/1.1 200 ");
        assertThat(http.post(path, body(path))).startsWith("HTTP/1.1 429 ");
        assertThat(http.post(path, body(path).replace("gpt-4o-mini", "gpt-4o"))).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void freeOperationHasABucketForEachKeyToo() throws Exception {
        limit(LimitScope.KEY, 1);
        String path = "/v1/messages/count_tokens";

        assertThat(withoutOtherKeys(path, "x-api-key: alice")).startsWith("HTTP/1.1 200 ");
        assertThat(withoutOtherKeys(path, "x-api-key: alice")).startsWith("HTTP/1.1 429 ");
        assertThat(withoutOtherKeys(path, "x-api-key: bob")).startsWith("HTTP/1.1 200 ");
        assertThat(withoutOtherKeys("/v1/messages", "x-api-key: alice")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void allKeysShareTheBucketsUnlessToldOtherwise() throws Exception {
        server.behave(server.behaviour().withLimits(Limits.requestsPerMinute(1)));

        assertThat(withoutOtherKeys("/v1/messages", "x-api-key: alice")).startsWith("HTTP/1.1 200 ");
        assertThat(withoutOtherKeys("/v1/messages", "x-api-key: bob")).startsWith("HTTP/1.1 429 ");
    }

    private static void limit(LimitScope per, long requests) {
        server.behave(
                server.behaviour().withLimits(Limits.requestsPerMinute(requests).withPer(per)));
    }

    private static String told(String header, int rest) {
        return header == null ? "\r\n" : header + " " + rest + "\r\n";
    }

    private static String withoutOtherKeys(String path, String... headers) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "anthropic-version: 2023-06-01";
        return http.exchange(RawHttp.requestWithoutKey("POST", path, body(path), all));
    }

    private static String body(String path) {
        if (path.startsWith("/v1beta/")) {
            return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Emma\"}]}]}";
        }
        if (path.startsWith("/model/")) {
            return "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Emma\"}]}]}";
        }
        String model = path.startsWith("/v1/messages") ? "claude-sonnet-4-5" : "gpt-4o-mini";
        String limit = path.equals("/v1/messages") ? "\"max_tokens\":100," : "";
        return "{\"model\":\"" + model + "\"," + limit + "\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";
    }

    private static OpenAIClient client(String organization) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("any")
                .organization(organization)
                .maxRetries(0)
                .build();
    }

    private static boolean ask(OpenAIClient client) {
        try {
            client.responses()
                    .create(ResponseCreateParams.builder()
                            .model("gpt-4o-mini")
                            .input("Emma")
                            .build());
            return true;
        } catch (com.openai.errors.RateLimitException e) {
            return false;
        } finally {
            client.close();
        }
    }
}
