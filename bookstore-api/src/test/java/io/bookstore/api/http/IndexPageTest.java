package io.bookstore.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.RunningStore;
import io.bookstore.api.SharedStore;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedStore.class)
class IndexPageTest {

    @Test
    void eachLinkLeadsSomewhere(RunningStore store) {
        HttpResponse<String> page = store.get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        List<String> links = Pattern.compile("href=\"([^\"]+)\"")
                .matcher(page.body())
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();
        assertThat(links)
                .contains("swagger-ui/index.html", "swagger/bookstore-api.yml", "api/v1/Books", "health", "metrics")
                .allSatisfy(
                        link -> assertThat(store.get("/" + link).statusCode()).isEqualTo(200));
    }

    @Test
    void programThatTakesNoPageIsToldSo(RunningStore store) {
        HttpResponse<String> answer = store.get("/", "Accept", "application/json");

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body()).contains("urn:bookstore:problem:not-acceptable");
    }
}
