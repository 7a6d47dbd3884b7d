package io.bookstore.perf.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private static final MetricsPage page = new MetricsPage("""
            # TYPE calls counter
            calls_total{route="/books/{id}/summary",model="a"} 3
            calls_total{route="/say \\"{hi}\\"",model="b"} 4.0
            calls_total_seconds{model="a"} 99
            plain_total 1.5E2
            """);

    @Test
    void sumIsOverAllLabelsWhateverBracesAndQuotesTheyHave() {
        assertThat(page.sum("calls_total")).isEqualTo(7);
        assertThat(page.sum("calls_total", "model", "b")).isEqualTo(4);
        assertThat(page.sum("plain_total")).isEqualTo(150);
    }

    @Test
    void seriesThatIsNotThereHasNoSum() {
        assertThat(page.sum("calls")).isNull();
        assertThat(page.sum("calls_total", "model", "c")).isNull();
        assertThat(page.sum("plain_total", "model", "a")).isNull();
    }
}
