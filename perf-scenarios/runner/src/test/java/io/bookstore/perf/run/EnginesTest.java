package io.bookstore.perf.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.engine.EngineOption;
import org.junit.jupiter.api.Test;

class EnginesTest {

    @Test
    void containerComesBeforeBinaryAndEmbedded() {
        assertThat(Engines.all()).extracting(EngineOption::name).containsExactly("container", "binary", "embedded");
    }
}
