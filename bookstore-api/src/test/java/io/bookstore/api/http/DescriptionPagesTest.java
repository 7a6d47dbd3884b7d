package io.bookstore.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.RunningStore;
import io.bookstore.api.SharedStore;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedStore.class)
class DescriptionPagesTest {

    @Test
    void pageNeedsNothingThatTheServiceDoesNotServe(RunningStore store) {
        HttpResponse<String> page = store.get("/swagger-ui/index.html");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        // With this policy a browser loads nothing from elsewhere, whatever the scripts ask for.
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("http", "*");
        List<String> parts = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                .matcher(page.body())
                .results()
                .map(MatchResult::group)
                .map(part -> part.replaceAll(".*=\"|\"", ""))
                .toList();
        assertThat(parts).hasSize(5).allSatisfy(part -> {
            assertThat(part).doesNotContain("//");
            assertThat(store.get("/swagger-ui/" + part).statusCode()).isEqualTo(200);
        });
        assertThat(page.body()).doesNotContain("<script>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/swagger/views/swagger-ui/index.html", "/swagger/views/swagger-ui/"})
    void generatedPageThatOursReplacesIsNotServed(String path, RunningStore store) {
        assertThat(store.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void addressThatPeopleTryFirstLeadsToThePage(RunningStore store) {
        HttpResponse<String> answer = store.get("/swagger");

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("Location")).hasValue("/swagger-ui/index.html");
    }

    @Test
    void pagesAreForEverybody() {
        try (RunningStore store =
                RunningStore.start(Map.of("bookstore.security.api-keys.shop.sha256", "0".repeat(64)))) {
            assertThat(store.get("/api/v1/Books").statusCode()).isEqualTo(401);
            assertThat(store.get("/").statusCode()).isEqualTo(200);
            assertThat(store.get("/swagger-ui/index.html").statusCode()).isEqualTo(200);
            assertThat(store.get("/swagger/bookstore-api.yml").statusCode()).isEqualTo(200);
        }
    }
}
