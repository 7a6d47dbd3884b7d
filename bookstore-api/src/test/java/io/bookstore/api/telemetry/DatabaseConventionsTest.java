package io.bookstore.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseConventionsTest {

    @Test
    void databasesAreAddedToWhatTheUserHasChosen() {
        assertThat(DatabaseConventions.withStableNames(null, Map.of())).isEqualTo("database");
        assertThat(DatabaseConventions.withStableNames(
                        null, Map.of("OTEL_SEMCONV_STABILITY_OPT_IN", "gen_ai_latest_experimental")))
                .isEqualTo("gen_ai_latest_experimental,database");
    }

    @Test
    void choiceOfTheUserForDatabasesStands() {
        assertThat(DatabaseConventions.withStableNames(
                        null, Map.of("OTEL_SEMCONV_STABILITY_OPT_IN", "http, database/dup")))
                .isEqualTo("http, database/dup");
        assertThat(DatabaseConventions.withStableNames(
                        "database/dup", Map.of("OTEL_SEMCONV_STABILITY_OPT_IN", "gen_ai_latest_experimental")))
                .isEqualTo("database/dup");
    }
}
