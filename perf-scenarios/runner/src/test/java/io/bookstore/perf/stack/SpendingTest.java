package io.bookstore.perf.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpendingTest {

    @Test
    void callsAndCostOfEveryModelAreAdded() {
        Spending spent = Spending.of("""
                # TYPE llm_cost_usd counter
                llm_cost_usd_total{gen_ai_provider_name="anthropic",gen_ai_request_model="a"} 0.25
                llm_cost_usd_total{gen_ai_provider_name="openai",gen_ai_request_model="b"} 5.0E-2
                gen_ai_client_operation_duration_seconds_count{gen_ai_request_model="a"} 80
                gen_ai_client_operation_duration_seconds_count{gen_ai_request_model="b"} 20.0
                gen_ai_client_operation_duration_seconds_sum{gen_ai_request_model="b"} 77
                """);

        assertThat(spent).isEqualTo(new Spending(100, 0.30));
    }

    @Test
    void serviceWithoutSuchSeriesHasSpentNothingThatIsKnown() {
        assertThat(Spending.of("")).isEqualTo(new Spending(0, 0));
    }
}
