package io.bookstore.perf.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpentSoFarTest {

    @Test
    void callsAndCostOfEveryModelAreAdded() {
        SpentSoFar spent = SpentSoFar.of("""
                # TYPE llm_cost_usd counter
                llm_cost_usd_total{gen_ai_provider_name="anthropic",gen_ai_request_model="a"} 0.25
                llm_cost_usd_total{gen_ai_provider_name="openai",gen_ai_request_model="b"} 5.0E-2
                gen_ai_client_operation_duration_seconds_count{gen_ai_request_model="a"} 80
                gen_ai_client_operation_duration_seconds_count{gen_ai_request_model="b"} 20.0
                gen_ai_client_operation_duration_seconds_sum{gen_ai_request_model="b"} 77
                """);

        assertThat(spent).isEqualTo(new SpentSoFar(100, 0.30));
    }

    @Test
    void serviceWithoutSuchSeriesHasSpentNothingThatIsKnown() {
        assertThat(SpentSoFar.of("")).isEqualTo(new SpentSoFar(0, 0));
    }
}
