package io.bookstore.perf.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainerRunTest {

    @Test
    void messageIsThatOfTheInnermostCauseWithoutItsFullStop() {
        IllegalStateException failure =
                new IllegalStateException("Could not start", new IllegalStateException("No such image. "));

        assertThat(ContainerRun.rootMessage(failure)).isEqualTo("No such image");
    }

    @Test
    void causesInACircleEnd() {
        IllegalStateException first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        assertThat(ContainerRun.rootMessage(first)).isIn("first", "second");
    }
}
