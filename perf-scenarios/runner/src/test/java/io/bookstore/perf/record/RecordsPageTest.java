package io.bookstore.perf.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of docs/records.md is a record, and its arithmetic holds. */
class RecordsPageTest {

    private static final JsonMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_EMPTY)
            .build();

    @Test
    void exampleHasTheFieldsOfARecordAndSumsUp() throws IOException {
        String page = Files.readString(Checkout.root().resolve("perf-scenarios/docs/records.md"));
        Matcher example = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(example.find()).isTrue();

        RequestRecord record = json.readValue(example.group(1), RequestRecord.class);

        assertThat(json.readTree(json.writeValueAsString(record))).isEqualTo(json.readTree(example.group(1)));
        assertThat(record.parts().sumMs()).isEqualTo(record.timing().endToEndMs());
        assertThat(Arrays.stream(Parts.class.getRecordComponents()).map(part -> "`" + part.getName()))
                .allSatisfy(part -> assertThat(page).contains(part));
        assertThat(page)
                .contains(
                        "`" + RequestRecords.NAME + "`",
                        "`" + RequestRecords.QUEUE_ATTRIBUTE + "`",
                        "`" + RequestRecords.TRACE_ID + "`",
                        "`" + RequestRecords.REQUEST_ID + "`");
    }
}
