package io.bookstore.llm;

import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.cost.PriceList;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What a call has cost: by its provider's word, else by the prices of its day. */
final class CallPrices {

    private final PriceList prices;
    private final Clock clock;

    CallPrices(PriceList prices, Clock clock) {
        this.prices = prices;
        this.clock = clock;
    }

    /** The prices that the process's environment asks for; if they cannot be read, the bundled ones. */
    static PriceList ofEnvironment(Failures failures) {
        try {
            return PriceList.fromEnvironment(System.getenv());
        } catch (RuntimeException e) {
            failures.note("read_prices", e);
            return PriceList.bundled();
        }
    }

    /** Null if nobody knows. */
    @Nullable
    Cost of(Inference call) {
        BigDecimal reported = call.reportedCostUsd();
        if (reported != null && reported.signum() >= 0) {
            return Cost.reported(reported);
        }
        InferenceRequest request = call.request();
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return request.batch()
                ? prices.batchCost(request.provider(), call.responseModel(), request.model(), call.usage(), day)
                : prices.cost(request.provider(), call.responseModel(), request.model(), call.usage(), day);
    }
}
