package io.bookstore.llm;

import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.call.Failures;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Prices calls: by their provider's word, else by the prices of their day. */
final class CallPrices {

    private static final long SECONDS_PER_DAY = 86_400;

    private final PriceList prices;
    private final Clock clock;
    private final Failures failures;

    CallPrices(PriceList prices, Clock clock, Failures failures) {
        this.prices = prices;
        this.clock = clock;
        this.failures = failures;
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
    Cost cost(InferenceRequest request, @Nullable InferenceResponse response, TokenUsage usage) {
        BigDecimal reported = response == null ? null : response.reportedCostUsd();
        if (reported != null && reported.signum() >= 0) {
            return Cost.reported(reported);
        }
        try {
            return listed(request, response == null ? null : response.model(), usage);
        } catch (Throwable e) {
            failures.note("price", e);
            return null;
        }
    }

    private @Nullable Cost listed(InferenceRequest request, @Nullable String responseModel, TokenUsage usage) {
        // Not ofInstant with UTC, which makes rules of a time zone for each call.
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(clock.instant().getEpochSecond(), SECONDS_PER_DAY));
        return request.batch()
                ? prices.batchCost(request.provider(), responseModel, request.model(), usage, day)
                : prices.cost(request.provider(), responseModel, request.model(), usage, day);
    }
}
