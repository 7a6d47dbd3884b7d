package io.bookstore.llm.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.OtherHost;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Hosts with the newest version of the SDK that was tried, and with one that is too old; all other tests run with the oldest. */
@ResourceLock(Resources.SYSTEM_OUT)
class AnthropicRangeTest {

    @Test
    void everyCallOfTheNewestVersionIsOneSpanWithTheTokensOfTheJournal() throws Exception {
        Path jars = Path.of("target/anthropic-java");

        String said = OtherHost.with(jars.resolve("anthropic-java-core.jar"), "anthropic-java-core")
                .and(jars.resolve("anthropic-java-client-okhttp.jar"), "/anthropic-java-client-okhttp-")
                .run("io.bookstore.llm.anthropic.AnthropicProgram");

        StringBuilder expected = new StringBuilder();
        for (SdkCall call : SdkCall.values()) {
            for (String way : new String[] {"blocking", "raw", "async"}) {
                expected.append("%s %s completed with the journal's tokens\n".formatted(way, call));
            }
        }
        expected.append("""
                [{"role":"user","parts":[{"type":"text","content":"Summarise the book Dune by Frank Herbert"}]},\
                {"role":"assistant","parts":[{"type":"tool_call","id":"call_1","name":"get_weather","arguments":{}}]},\
                {"role":"tool","parts":[{"type":"tool_call_response","id":"call_1","response":"rain"}]}]""");
        assertThat(said).isEqualTo(expected.toString());
    }

    @Test
    void clientOfAVersionThatIsTooOldWorksUnwrappedAndThatIsToldOnceWithItsRemedy() throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(OtherHost.without("com.anthropic.services.async.MessageServiceAsync$WithRawResponse")
                            .run("io.bookstore.llm.anthropic.OldSdkProgram"))
                    .isEqualTo("unwrapped 2");
        } finally {
            System.setOut(out);
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce(" WARN ")
                .contains(
                        "anthropic-java must be >= 3.3 to be measured, this one has no"
                                + " com.anthropic.services.async.MessageServiceAsync$WithRawResponse; the client stays unwrapped");
    }
}
