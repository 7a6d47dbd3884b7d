package io.bookstore.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScrapeTest {

    @Test
    void seriesHaveTheLabelsOfTheirLines() {
        Scrape scrape = Scrape.parse("""
                # HELP a_total first
                # TYPE a_total counter
                a_total{route="/{id}",code="200"} 1.0
                b_seconds_bucket{le="+Inf",text="a \\"quoted\\" } one"} 2
                up 1
                """);

        assertThat(scrape.series())
                .isEqualTo(Map.of(
                        "a_total", Set.of("route", "code"),
                        "b_seconds_bucket", Set.of("le", "text"),
                        "up", Set.of()));
    }
}
