package io.bookstore.api.security;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.RunningStore;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossSiteFilterTest {

    private static final String NO_BOOK = "/api/v1/Books/0123456789abcdef01234567";

    private static RunningStore store;

    @BeforeAll
    static void start() {
        store = RunningStore.start();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /generate-summary,        Sec-Fetch-Site, cross-site,              403",
        "GET,    /generate-summary/stream, Sec-Fetch-Site, cross-site,              403",
        "DELETE, '',                       Sec-Fetch-Site, cross-site,              403",
        "POST,   /generate-summary,        Origin,         https://evil.example,    403",
        "POST,   /generate-summary,        Origin,         null,                    403",
        "POST,   /generate-summary,        Origin,         'http://127.0.0.1:1 a',  403",
        "POST,   /generate-summary,        Sec-Fetch-Site, same-site,               404",
        "POST,   /generate-summary,        Sec-Fetch-Site, same-origin,             404",
        "POST,   /generate-summary,        Sec-Fetch-Site, none,                    404",
        "POST,   /generate-summary,        Origin,         http://127.0.0.1:3000,   404",
        "POST,   /generate-summary,        X-Nothing,      of-a-browser,            404",
        "GET,    '',                       Sec-Fetch-Site, cross-site,              404",
    })
    void pageOfAnotherSiteMayReadAndNeitherWriteNorSpend(
            String method, String path, String header, String value, int status) {
        HttpResponse<String> answer = store.send(method, NO_BOOK + path, "", header, value);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).get("type").asText())
                .isEqualTo("urn:bookstore:problem:" + (status == 403 ? "forbidden" : "not-found"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/generate-summary/stream",
                "/generate-summary/stream/",
                "/generate-summary/stream/?refresh=true",
                "/generate-summary/stream//",
                "/generate-summary//stream",
                "/generate-summary/stream;a=b",
                "/generate-summary/%73tream",
                "/Generate-Summary/stream"
            })
    void streamIsKeptFromAPageOfAnotherSiteHoweverItsPathIsSpelt(String spelling) {
        store.post("/seed-data", "");
        String book =
                json(store.get("/api/v1/Books?pageSize=1")).at("/books/0/id").asText();
        String path = "/api/v1/Books/" + book + spelling;
        int ownSite = store.get(path, "Sec-Fetch-Site", "same-origin").statusCode();

        int otherSite = store.get(path, "Sec-Fetch-Site", "cross-site").statusCode();

        assertThat(otherSite).isEqualTo(ownSite == 200 ? 403 : ownSite);
    }

    @Test
    void pageThatSendsAKeyIsAskedForNothingElse() {
        String key = "one-key-0123456789abcdef0123456789abcd";
        try (RunningStore secured =
                RunningStore.start(Map.of("bookstore.security.api-keys.one.sha256", ApiKeysTest.sha256(key)))) {
            HttpResponse<String> answer =
                    secured.post(NO_BOOK + "/generate-summary", "", "Sec-Fetch-Site", "cross-site", "X-API-Key", key);

            assertThat(answer.statusCode()).isEqualTo(404);
        }
    }
}
