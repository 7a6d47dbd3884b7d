package io.bookstore.perf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.metrics.Sample;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The slowest requests of a run and the percentiles of their parts. */
class RecordTallyTest {

    @Test
    void slowestTenAndPercentilesOfEachPartAreKept() {
        RecordTally tally = new RecordTally();
        RequestJoin join = new RequestJoin(System::nanoTime, true, tally::add);
        IntStream.rangeClosed(1, 101).forEach(i -> {
            String trace = String.format("%032x", i);
            join.add(new Sample(
                    "http_req_duration",
                    Instant.EPOCH,
                    i * 10,
                    Map.of("status", "200", "operation_type", "crud"),
                    Map.of("trace_id", trace)));
            join.add(trace, new TraceSpans.Server(0, i * 1_000_000L, null));
        });
        join.end();

        RecordSummary summary = tally.summary();

        assertThat(summary.slowest())
                .extracting(request -> request.timing().endToEndMs())
                .containsExactly(1010.0, 1000.0, 990.0, 980.0, 970.0, 960.0, 950.0, 940.0, 930.0, 920.0);
        assertThat(summary.parts())
                .containsExactly(
                        new RecordSummary.PartTimes(RequestRecord.Kind.CRUD, Parts.Part.NETWORK, 101, 46359, 459, 864),
                        new RecordSummary.PartTimes(
                                RequestRecord.Kind.CRUD, Parts.Part.APPLICATION, 101, 5151, 51, 96));
    }
}
