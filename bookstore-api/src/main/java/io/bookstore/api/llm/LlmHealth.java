package io.bookstore.api.llm;

import io.bookstore.api.health.HealthDetail;
import io.bookstore.api.standin.StandIns;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** Describes the default provider for {@code /health}. */
@Singleton
final class LlmHealth implements HealthDetail {

    private final LlmProviders providers;
    private final StandIns standIns;

    LlmHealth(LlmProviders providers, StandIns standIns) {
        this.providers = providers;
        this.standIns = standIns;
    }

    @Override
    public String part() {
        return "llm";
    }

    @Override
    public Map<String, Object> describe() {
        ProviderStatus status = providers.statuses().stream()
                .filter(ProviderStatus::isDefault)
                .findFirst()
                .orElseThrow();
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("status", status.available() ? "UP" : "DEGRADED");
        detail.put("provider", status.name());
        detail.put("model", status.model());
        detail.put("simulated", status.simulated());
        if (status.reason() != null) {
            detail.put("reason", status.reason());
        }
        if (standIns.simulatorUri() != null) {
            detail.put("simulatorUrl", standIns.simulatorUri().toString());
        }
        return detail;
    }
}
