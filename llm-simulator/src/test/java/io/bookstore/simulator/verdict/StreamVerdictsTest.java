package io.bookstore.simulator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verdicts {@code silence-timed-out} and {@code malformed-frame-not-trusted}. */
class StreamVerdictsTest {

    private static final String SILENCE = "silence-timed-out";
    private static final String FRAME = "malformed-frame-not-trusted";
    private static final String CHAT = "/v1/chat/completions";
    private static final String QUESTION = "{\"role\":\"user\",\"content\":\"Summarize Emma\"}";

    /** The places at which the formats have the text of a frame. */
    private static final List<String> TEXTS = List.of(
            "/choices/0/delta/content",
            "/delta/text",
            "/message/content",
            "/candidates/0/content/parts/0/text",
            "/delta");

    private static final ObjectMapper json = new ObjectMapper();
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @BeforeEach
    void startOver() {
        server.reset();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void clientThatSitsThroughALongSilenceIsBad() {
        JournalOfAClient journal = new JournalOfAClient("openai").stalled("r-1", Outcome.COMPLETED, 660_000);

        assertThat(journal.verdict(SILENCE))
                .isEqualTo(new Verdict(SILENCE, 1, 1, "call r-1 sat through a silence of 660 s"));
    }

    @Test
    void clientThatLeavesIsGood() {
        JournalOfAClient journal = new JournalOfAClient("openai").stalled("r-1", Outcome.ABANDONED, 660_000);

        assertThat(journal.verdict(SILENCE)).isEqualTo(new Verdict(SILENCE, 1, 0, ""));
    }

    @Test
    void clientThatAsksAgainMeanwhileHasGivenTheFirstRequestUp() {
        JournalOfAClient journal = new JournalOfAClient("openai")
                .stalled("r-1", Outcome.COMPLETED, 660_000)
                .after(60_000)
                .answered("r-1");

        assertThat(journal.verdict(SILENCE)).isEqualTo(new Verdict(SILENCE, 1, 0, ""));
    }

    /** The clients of Anthropic and OpenAI wait ten minutes by default. */
    @Test
    void silenceThatAGoodClientSitsThroughIsNotJudged() {
        JournalOfAClient journal = new JournalOfAClient("openai").stalled("r-1", Outcome.COMPLETED, 600_000);

        assertThat(journal.verdict(SILENCE).cases()).isZero();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            /v1/chat/completions | {"model":"gpt-4o-mini","stream":true,"messages":[%s]} | {"role":"assistant","content":"%s"}
            /v1/responses | {"model":"gpt-4o-mini","stream":true,"input":[%s]} | {"role":"assistant","content":"%s"}
            /v1/messages | {"model":"claude-sonnet-4-5","max_tokens":100,"stream":true,"messages":[%s]} | {"role":"assistant","content":"%s"}
            /api/chat | {"model":"llama3","messages":[%s]} | {"role":"assistant","content":"%s"}
            /v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse | {"contents":[%s]} | {"role":"model","parts":[{"text":"%s"}]}
            """)
    void clientThatSkipsTheFrameAndGoesOnIsBad(String path, String body, String turn) throws Exception {
        String question = path.contains("gemini") ? "{\"role\":\"user\",\"parts\":[{\"text\":\"Emma\"}]}" : QUESTION;
        String answer = lenientText(http.post(
                path, body.formatted(question), "x-request-id: broken", "x-simulator-fault: malformed-frame:1"));

        http.post(
                path,
                body.formatted(question + "," + turn.formatted(quoted(answer)) + "," + question),
                "x-request-id: next");

        assertThat(named(FRAME))
                .isEqualTo(new Verdict(
                        FRAME,
                        1,
                        1,
                        "call next goes on with the text of call broken, without the frame that could not be"
                                + " read"));
        assertThat(RawHttp.body(http.get("/admin/journal"))).contains("\"trusted\":1");
    }

    @Test
    void clientThatKeepsWhatCameBeforeTheFrameIsNotJudged() throws Exception {
        String answer = lenientText(ask("broken", "malformed-frame:2", ""));

        ask("next", "no-terminator", turn(answer.substring(0, 10)));

        assertThat(named(FRAME).cases()).isZero();
    }

    @Test
    void clientThatAsksAgainAndGoesOnWithThatAnswerIsGood() throws Exception {
        ask("r-1", "malformed-frame:1", "");
        String whole = lenientText(ask("r-1", "no-terminator", ""));

        ask("r-2", "no-terminator", turn(whole));

        assertThat(named(FRAME)).isEqualTo(new Verdict(FRAME, 1, 0, ""));
    }

    @Test
    void clientThatSaysThatItsAnswerWasBrokenIsGood() throws Exception {
        ask("r-1", "malformed-frame:1", "");

        server.report("r-1", false);

        assertThat(named(FRAME)).isEqualTo(new Verdict(FRAME, 1, 0, ""));
    }

    @Test
    void clientThatLeavesAtTheFrameIsGood() {
        JournalOfAClient journal = new JournalOfAClient("openai").malformed("r-1", Outcome.ABANDONED);

        assertThat(journal.verdict(FRAME)).isEqualTo(new Verdict(FRAME, 1, 0, ""));
    }

    /** Neither a retry nor a next turn: the client may have thrown the answer away. */
    @Test
    void clientThatIsNotHeardOfAgainIsNotJudged() throws Exception {
        ask("r-1", "malformed-frame:1", "");
        ask("r-2", "malformed-frame:1", "");

        assertThat(named(FRAME).cases()).isZero();
    }

    /** A frame at the end: everything was there that the answer had to say. */
    @Test
    void brokenEndAfterAWholeTextIsNotJudged() throws Exception {
        String whole = lenientText(ask("r-1", "malformed-frame:100000", ""));

        ask("r-2", "no-terminator", turn(whole));

        assertThat(named(FRAME).cases()).isZero();
    }

    private static String ask(String key, String fault, String turns) throws IOException {
        return http.post(
                CHAT,
                "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"messages\":[" + QUESTION + turns + "]}",
                "x-request-id: " + key,
                "x-simulator-fault: " + fault);
    }

    private static String turn(String answer) throws JsonProcessingException {
        return ",{\"role\":\"assistant\",\"content\":\"" + quoted(answer) + "\"}," + QUESTION;
    }

    /** The text of a client that skips whatever it cannot read. */
    private static String lenientText(String answer) {
        StringBuilder text = new StringBuilder();
        RawHttp.body(answer).lines().forEach(line -> text.append(textOf(line.replaceFirst("^data: ", ""))));
        return text.toString();
    }

    private static String textOf(String frame) {
        try {
            JsonNode event = json.readTree(frame);
            return TEXTS.stream()
                    .map(event::at)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .findFirst()
                    .orElse("");
        } catch (JsonProcessingException unreadable) {
            return "";
        }
    }

    private static String quoted(String text) throws JsonProcessingException {
        String quoted = json.writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static Verdict named(String name) {
        return server.verdicts().get(0).verdicts().stream()
                .filter(verdict -> verdict.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
