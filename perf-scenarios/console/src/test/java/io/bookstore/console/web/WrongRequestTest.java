package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for a run whose JSON has another form, or whose values the script does not take: refused before they wait. */
class WrongRequestTest {

    @RegisterExtension
    static final TestConsole console = new TestConsole();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no JSON                                              | The body must be JSON, such as {"scenario": "ai-smoke"}, and is none at line 1, column 4.
            {'scenario':                                         | The body must be JSON, such as {"scenario": "ai-smoke"}, and is none at line 1, column 13.
            {'scenario':'ai-smoke'} 1                            | The body must be JSON, such as {"scenario": "ai-smoke"}, and is none at line 1, column 25.
            {'scenario':'ai-smoke','scenario':'ai-load'}         | The body has the member "scenario" twice: leave one out.
            ['ai-smoke']                                         | The body must be an object with members of scenario, baseUrl, variables, maxUsd, capacity, gate, was ["ai-smoke"].
            'ai-smoke'                                           | The body must be an object with members of scenario, baseUrl, variables, maxUsd, capacity, gate, was "ai-smoke".
            {'scenario':{'name':'ai-smoke'}}                     | scenario must be a text, was {"name":"ai-smoke"}.
            {'scenario':'ai-smoke','baseUrl':['http://a']}       | baseUrl must be a text, was ["http://a"].
            {'scenario':'ai-smoke','variables':['SEED=1']}       | variables must be an object of texts, such as {"DURATION_SCALE": "0.1"}, was ["SEED=1"].
            {'scenario':'ai-smoke','variables':{'SEED':[1]}}     | SEED must be a text, was [1].
            {'scenario':'ai-smoke','maxUsd':'two'}               | maxUsd must be a number, was "two".
            {'scenario':'ai-smoke','maxUsd':true}                | maxUsd must be a number, was true.
            {'scenario':'ai-smoke','maxUsd':{}}                  | maxUsd must be a number, was {}.
            {'scenario':'ai-smoke','capacity':'yes'}             | capacity must be an object with members of from, to, attainment, probe, probes, width, slo, was "yes".
            {'scenario':'ai-smoke','capacity':{'probes':3.5}}    | probes must be a whole number, was 3.5.
            {'scenario':'ai-smoke','capacity':{'probes':99999999999}} | probes must be a whole number, was 99999999999.
            {'scenario':'ai-smoke','gate':{'control':'often'}}   | control must be true or false, was "often".
            {'scenario':'ai-smoke','gate':[]}                    | gate must be an object with members of baselineUrl, candidateUrl, pairs, control, margin, allow, was [].
            """)
    void otherFormIsNamedWithItsValueAndTheRule(String body, String sentence) throws Exception {
        assertRefused(body, sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'scenario':'ai-smoke','variables':{'DURATION_SCALE':'-1'}}    | DURATION_SCALE must be a number from 0.001 to 100, was "-1".
            {'scenario':'ai-smoke','variables':{'DURATION_SCALE':'fast'}}  | DURATION_SCALE must be a number from 0.001 to 100, was "fast".
            {'scenario':'ai-smoke','variables':{'SEED':'1.5'}}             | SEED must be a whole number from 0 to 4294967295, was "1.5".
            {'scenario':'ai-smoke','variables':{'SUMMARY_CACHE':'maybe'}}  | SUMMARY_CACHE must be one of bypass, use, was "maybe".
            {'scenario':'mixed','variables':{'LLM_PERCENTAGE':'120'}}      | LLM_PERCENTAGE must be a number from 0 to 100, was "120".
            {'scenario':'ai-smoke','variables':{'CANCEL_AFTER':'3'}}       | CANCEL_AFTER is for a stream: set SUMMARY_STREAM=yes too.
            {'scenario':'ai-smoke','variables':{'TARGET':'nowhere'}}       | TARGET "nowhere" has no descriptor
            {'scenario':'capacity-probe','capacity':{},'variables':{'DURATION_SCALE':'0'}} | DURATION_SCALE must be a number from 0.001 to 100, was "0".
            {'scenario':'ai-smoke','gate':{'baselineUrl':'http://a','candidateUrl':'http://b'},'variables':{'SEED':'-1'}} | SEED must be a number from 0 to 4294967295, was "-1".
            """)
    void valueThatTheScriptDoesNotTakeIsRefusedInItsOwnSentence(String body, String sentence) throws Exception {
        assertRefused(body, sentence);
    }

    @Test
    void documentBeyondTheLimitsOfTheParserIsRefused() throws Exception {
        assertRefused(
                "[".repeat(2_000),
                "The body must be JSON, such as {\"scenario\": \"ai-smoke\"}, and is nested too deep");
    }

    private static void assertRefused(String body, String sentence) throws Exception {
        HttpResponse<String> answer = console.post("/api/runs", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(answer.body()).path("detail").asText())
                .startsWith(sentence)
                .doesNotContain("\n");
        assertThat(console.json("/api/runs").path("runs")).isEmpty();
    }
}
