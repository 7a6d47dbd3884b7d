package io.bookstore.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.OtherHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A host with the newest version of the SDK that was tried; all other tests run with the oldest. */
class OpenAiRangeTest {

    @Test
    void everyCallOfTheNewestVersionIsOneSpanWithTheTokensOfTheJournal() throws Exception {
        Path jars = Path.of("target/openai-java");

        String said = OtherHost.with(jars.resolve("openai-java-core.jar"), "openai-java-core")
                .and(jars.resolve("openai-java-client-okhttp.jar"), "/openai-java-client-okhttp-")
                .run("io.bookstore.llm.openai.OpenAiProgram");

        StringBuilder expected = new StringBuilder();
        for (SdkCall call : SdkCall.values()) {
            for (String way : new String[] {"blocking", "raw", "async"}) {
                expected.append("%s %s completed with the journal's tokens\n".formatted(way, call.spanName()));
            }
        }
        assertThat(said).isEqualTo(expected.toString());
    }
}
