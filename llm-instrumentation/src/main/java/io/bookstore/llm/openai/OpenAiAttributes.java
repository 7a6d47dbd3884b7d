package io.bookstore.llm.openai;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/** The attributes that only OpenAI's spans have, by the conventions' page on OpenAI. */
final class OpenAiAttributes {

    private static final AttributeKey<String> API_TYPE = AttributeKey.stringKey("openai.api.type");
    private static final AttributeKey<String> REQUEST_TIER = AttributeKey.stringKey("openai.request.service_tier");
    private static final AttributeKey<String> RESPONSE_TIER = AttributeKey.stringKey("openai.response.service_tier");
    private static final AttributeKey<String> FINGERPRINT =
            AttributeKey.stringKey("openai.response.system_fingerprint");

    private static final Attributes CHAT = Attributes.of(API_TYPE, "chat_completions");
    private static final Attributes RESPONSES = Attributes.of(API_TYPE, "responses");

    private OpenAiAttributes() {}

    static Attributes ofChat(@Nullable String tier) {
        return withTier(CHAT, tier);
    }

    static Attributes ofResponses(@Nullable String tier) {
        return withTier(RESPONSES, tier);
    }

    private static Attributes withTier(Attributes api, @Nullable String tier) {
        // By the conventions "auto" is as if nothing was asked for.
        return tier == null || tier.equals("auto")
                ? api
                : api.toBuilder().put(REQUEST_TIER, tier).build();
    }

    static Attributes ofAnswer(@Nullable String tier, @Nullable String fingerprint) {
        if (tier == null && fingerprint == null) {
            return Attributes.empty();
        }
        AttributesBuilder attributes = Attributes.builder();
        if (tier != null) {
            attributes.put(RESPONSE_TIER, tier);
        }
        if (fingerprint != null) {
            attributes.put(FINGERPRINT, fingerprint);
        }
        return attributes.build();
    }
}
