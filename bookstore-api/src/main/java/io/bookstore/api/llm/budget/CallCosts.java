package io.bookstore.api.llm.budget;

import io.bookstore.api.llm.call.LlmRequest;
import io.bookstore.api.llm.provider.ChatReply;
import io.bookstore.api.llm.provider.ProviderConfig;
import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.llm.cost.TokenUsage;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The most that a call may cost, and its actual cost. */
@Singleton
public final class CallCosts {

    // Roles and separators, which a provider adds to the text of the messages.
    private static final long TOKENS_AROUND_MESSAGES = 64;

    private final PriceList prices;

    public CallCosts(PriceList prices) {
        this.prices = prices;
    }

    /** The cost nothing can exceed, in US dollars; null if the model has no price. */
    @Nullable
    public BigDecimal worstCase(ProviderConfig provider, LlmRequest request) {
        // No tokenizer makes more tokens than there are bytes, so this needs to know none of them.
        long input = TOKENS_AROUND_MESSAGES + bytes(request.instructions()) + bytes(request.input());
        long output = request.parameters().maxOutputTokens();
        return usd(prices.cost(provider.semanticName(), null, request.model(), TokenUsage.of(input, output), today()));
    }

    /** Returns whether the budget can guard calls of the model. */
    public boolean knowsPrice(ProviderConfig provider, String model) {
        return prices.cost(provider.semanticName(), null, model, TokenUsage.of(1L, 1L), today()) != null;
    }

    /** The actual cost in US dollars; null if the price or the tokens are not known. */
    @Nullable
    public BigDecimal actual(ProviderConfig provider, LlmRequest request, ChatReply reply) {
        return usd(prices.cost(
                provider.semanticName(), reply.response().modelName(), request.model(), reply.usage(), today()));
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private static @Nullable BigDecimal usd(@Nullable Cost cost) {
        return cost == null ? null : cost.usd();
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
