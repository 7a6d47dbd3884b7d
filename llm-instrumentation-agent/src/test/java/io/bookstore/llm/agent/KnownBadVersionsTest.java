package io.bookstore.llm.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.KnownBadVersions;
import org.junit.jupiter.api.Test;

class KnownBadVersionsTest {

    @Test
    void noDependencyHasAKnownHole() {
        assertThat(KnownBadVersions.onClassPath()).isEmpty();
    }
}
