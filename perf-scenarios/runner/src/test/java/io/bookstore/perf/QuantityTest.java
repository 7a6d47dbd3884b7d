package io.bookstore.perf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({"0, 0 runs", "1, 1 run", "2, 2 runs", "'1200', '1,200 runs'"})
    void oneThingIsNoPlural(long number, String words) {
        assertThat(Quantity.count(number, "run")).isEqualTo(words);
    }
}
