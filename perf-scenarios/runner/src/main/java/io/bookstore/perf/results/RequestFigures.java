package io.bookstore.perf.results;

import io.bookstore.perf.record.RecordSummary;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.slo.Goodput;
import io.bookstore.perf.slo.Money;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The single requests of a run in figures.
 *
 * @param slowest the slowest requests by their records, the slowest first; at most ten, none if the script sends no ids
 * @param parts   the parts of the requests' times by class
 * @param goodput good requests of all that were scheduled; null if none was whose class has a limit, or in a summary of an older
 *                kit
 * @param money   cost of the requests to the model; null if there were none, or in a summary of an older kit
 */
public record RequestFigures(
        List<RequestRecord> slowest,
        List<RecordSummary.PartTimes> parts,
        @Nullable Goodput goodput,
        @Nullable Money money) {

    /** The figures of a run without records of its requests. */
    public static final RequestFigures NONE = new RequestFigures(List.of(), List.of(), null, null);

    public RequestFigures {
        // Files of earlier versions have neither.
        slowest = List.copyOf(Objects.requireNonNullElse(slowest, List.of()));
        parts = List.copyOf(Objects.requireNonNullElse(parts, List.of()));
    }

    RequestFigures with(RecordSummary records) {
        return new RequestFigures(records.slowest(), records.parts(), goodput, money);
    }

    RequestFigures with(@Nullable Goodput newGoodput, @Nullable Money newMoney) {
        return new RequestFigures(slowest, parts, newGoodput, newMoney);
    }
}
