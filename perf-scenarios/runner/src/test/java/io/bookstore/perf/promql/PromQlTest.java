package io.bookstore.perf.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.promql.PromQl.Selector;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {

    private static final Rewriting upperCase = new Rewriting() {
        @Override
        public String series(String series) {
            return series.toUpperCase(Locale.ROOT);
        }

        @Override
        public String label(String label) {
            return label.toUpperCase(Locale.ROOT);
        }

        @Override
        public String value(String label, String value) {
            return '<' + value + '>';
        }

        @Override
        public String besides(Set<String> labels) {
            return labels.contains("job") ? "" : "job=\"orders\"";
        }
    };

    @Test
    void selectorsComeWithTheirLabelsAndText() {
        PromQl query = PromQl.parse("sum(rate(a_total{job=~\"x|y\", code!=\"}\"}[5m])) / (b > 0)");

        assertThat(query.selectors())
                .containsExactly(
                        new Selector("a_total", Set.of("job", "code"), "a_total{job=~\"x|y\", code!=\"}\"}"),
                        new Selector("b", Set.of(), "b"));
        assertThat(query.ranges()).containsExactly("5m");
        assertThat(query.groupings()).isEmpty();
    }

    @Test
    void groupingIsKnownBeforeAndAfterWhatItGroups() {
        PromQl before = PromQl.parse("histogram_quantile(0.95, sum by (le, job) (rate(a_bucket[1m])))");
        PromQl after = PromQl.parse("histogram_quantile(0.95, sum(rate(a_bucket[1m])) by (le, job))");

        assertThat(before.groupings()).isEqualTo(after.groupings()).hasSize(1);
        assertThat(before.groupings().get(0).labels()).containsExactly("le", "job");
        assertThat(before.groupings().get(0).over())
                .extracting(Selector::series)
                .containsExactly("a_bucket");
    }

    @Test
    void groupingCoversOnlyWhatIsBelowIt() {
        PromQl query = PromQl.parse("sum by (x) (a) or 0 * sum by (y) (b and c unless d)");

        assertThat(query.groupings().get(0).over()).extracting(Selector::series).containsExactly("a");
        assertThat(query.groupings().get(1).over()).extracting(Selector::series).containsExactly("b", "c", "d");
    }

    @Test
    void namesChangeWhereTheyStandAndNothingElse() {
        PromQl query = PromQl.parse("""
                sum by (le, http_route) (rate(a_bucket{http_route=~"http_route|a_bucket", job="x"}[5m]))
                  / on (job) group_left (http_route) a_bucket > bool_count""");

        assertThat(query.rewritten(upperCase)).isEqualTo("""
                        sum by (LE, HTTP_ROUTE) (rate(A_BUCKET{HTTP_ROUTE=~"<http_route|a_bucket>", JOB="<x>"}[5m]))
                          / on (JOB) group_left (HTTP_ROUTE) A_BUCKET{job="orders"} > BOOL_COUNT{job="orders"}""");
    }

    @Test
    void matcherBesidesStandsFirst() {
        assertThat(PromQl.parse("a{}  + b{c!~\"d\"}").rewritten(upperCase))
                .isEqualTo("A{job=\"orders\"}  + B{job=\"orders\", C!~\"<d>\"}");
    }

    @Test
    void offsetIsNoSeriesAndStaysAsItIs() {
        PromQl read = PromQl.parse("rate(a{b=\"c\"}[5m] offset $ago) - a offset 1h");

        assertThat(read.selectors()).extracting(PromQl.Selector::series).containsExactly("a", "a");
        assertThat(read.ranges()).containsExactly("5m");
        assertThat(read.rewritten(upperCase))
                .isEqualTo("rate(A{job=\"orders\", B=\"<c>\"}[5m] offset $ago) - A{job=\"orders\"} offset 1h");
    }

    @Test
    void whatItDoesNotKnowIsRefusedByName() {
        assertThatThrownBy(() -> PromQl.parse("label_replace(a, \"b\", \"c\", \"d\", \"e\")"))
                .hasMessageStartingWith("unknown function \"label_replace\" in: label_replace");
        assertThatThrownBy(() -> PromQl.parse("{__name__=~\".+\"}"))
                .hasMessage("cannot read \"{__name__=~\".+\"}\" in the expression: {__name__=~\".+\"}");
        assertThatThrownBy(() -> PromQl.parse("sum(a")).hasMessage("cannot read \"\" in the expression: sum(a");
        assertThatThrownBy(() -> PromQl.parse("a) + b")).hasMessageStartingWith("cannot read \") + b\"");
        assertThatThrownBy(() -> PromQl.parse("a @ 5")).hasMessageStartingWith("cannot read \"@ 5\"");
        assertThatThrownBy(() -> PromQl.parse("a{b=c}")).hasMessageStartingWith("cannot read \"c}\"");
    }
}
