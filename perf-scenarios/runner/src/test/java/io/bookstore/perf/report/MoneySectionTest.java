package io.bookstore.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bookstore.perf.slo.Money;
import io.bookstore.perf.slo.Money.Saved;
import io.bookstore.perf.slo.Money.Waste;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoneySectionTest {

    @Test
    void eachFigureHasItsFormulaAndOneFormOfThousands() {
        Money money = new Money(
                3.5,
                1_234,
                2_000,
                1_500,
                1.75,
                2.25,
                new Waste(3, 1_200L, 40L, 0.01),
                new Waste(1, null, null, null),
                new Saved(12, 0.04),
                List.of());

        assertThat(MoneySection.of(money).rows())
                .extracting(MoneySection.Row::name, MoneySection.Row::value)
                .containsExactly(
                        tuple("Cost", "$3.50"),
                        tuple("Cost of 1,000 scheduled requests", "$1.75"),
                        tuple("Cost of 1,000 good requests", "$2.25"),
                        tuple("Wasted on retries", "$0.0100: 3 calls, 1,200 + 40 tokens"),
                        tuple("Wasted on unused answers", "not told: 1 call, tokens not told"),
                        tuple("Saved by caches", "$0.0400: 12 answers"));
        assertThat(MoneySection.of(money).rows().get(0).formula())
                .isEqualTo("sum of what 1,234 answers told, whole run");
    }

    @Test
    void rowsOfNothingAreLeftOut() {
        Money money =
                new Money(3.5, 20, 20, 0, 175.0, null, new Waste(0, 0L, 0L, 0.0), null, new Saved(0, null), List.of());

        assertThat(MoneySection.of(money).rows())
                .extracting(MoneySection.Row::value)
                .containsExactly("$3.50", "$175.00", "no good request");
    }

    @Test
    void moneyThatNobodyToldIsNoSection() {
        Money money = new Money(null, 0, 20, 20, null, null, new Waste(0, null, null, null), null, null, List.of());

        assertThat(MoneySection.of(money).empty()).isTrue();
    }

    @Test
    void costOfNothingIsNoSection() {
        Money money = new Money(0.0, 20, 20, 20, 0.0, 0.0, null, null, null, List.of());

        assertThat(MoneySection.of(money).empty()).isTrue();
    }
}
