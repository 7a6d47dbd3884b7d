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

    private OpenAiAttributes() {}

    static Attributes ofRequest(String apiType, @Nullable String tier) {
        AttributesBuilder attributes = Attributes.builder().put(API_TYPE, apiType);
        // By the conventions "auto" is as if nothing was asked for.
        if (tier != null && !tier.equals("auto")) {
            attributes.put(REQUEST_TIER, tier);
        }
        return attributes.build();
    }

    static Attributes ofResponse(@Nullable String tier, @Nullable String fingerprint) {
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
