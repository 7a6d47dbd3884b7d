package io.bookstore.k6.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineOutcomeTest {

    @Test
    void sentenceIsTheProblemWithoutTheLinesBelowIt() {
        assertThat(new EngineOutcome(107, "SEED must be a whole number.\n    at seed (lib/env.js:3:9)").sentence())
                .isEqualTo("SEED must be a whole number.");
        assertThat(new EngineOutcome(0, null).sentence()).isNull();
    }
}
