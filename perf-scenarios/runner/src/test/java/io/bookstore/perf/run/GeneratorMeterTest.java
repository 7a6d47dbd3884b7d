package io.bookstore.perf.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.facts.GeneratorLoad;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GeneratorMeterTest {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final AtomicLong clock = new AtomicLong(Duration.ofHours(1).toNanos());
    private final AtomicLong process = new AtomicLong(Duration.ofMinutes(1).toNanos());

    @Test
    void averageIsThatFromTheFirstSampleOn() {
        // given
        GeneratorMeter meter = new GeneratorMeter(clock::get, process::get, () -> 0.914);
        pass(30, 30);
        meter.sample();
        pass(10, 8);
        meter.sample();
        pass(10, 4);

        // then
        assertThat(meter.load()).isEqualTo(new GeneratorLoad(0.6, 0.91, PROCESSORS));
    }

    @Test
    void momentSaysNothing() {
        GeneratorMeter meter = new GeneratorMeter(clock::get, process::get, () -> 0.9);
        meter.sample();
        pass(4, 4);

        assertThat(meter.load()).isNull();
    }

    @Test
    void machineThatTellsNothingLeavesItOpen() {
        GeneratorMeter meter = new GeneratorMeter(clock::get, process::get, () -> Double.NaN);
        meter.sample();
        pass(10, 10);

        assertThat(meter.load()).isEqualTo(new GeneratorLoad(1, null, PROCESSORS));
    }

    @Test
    void generatorLimitsWhenNoProcessorIsLeftForIt() {
        assertThat(new GeneratorLoad(1.85, null, 2).limiting()).isTrue();
        assertThat(new GeneratorLoad(0.9, 0.97, 2).limiting()).isTrue();
        assertThat(new GeneratorLoad(0.1, 0.97, 2).limiting()).isFalse();
        assertThat(new GeneratorLoad(1.2, 0.7, 2).limiting()).isFalse();
    }

    private void pass(long seconds, long busySeconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
        process.addAndGet(Duration.ofSeconds(busySeconds).toNanos());
    }
}
