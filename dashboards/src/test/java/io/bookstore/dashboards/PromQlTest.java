package io.bookstore.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.dashboards.PromQl.Selector;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {

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
