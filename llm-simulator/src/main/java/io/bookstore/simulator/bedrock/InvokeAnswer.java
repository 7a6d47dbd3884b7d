package io.bookstore.simulator.bedrock;

import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.TextFrames;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * The answer of a model in its own format: as it is, or each of its events in a chunk of AWS's event stream
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_PayloadPart.html). The last one has Bedrock's metrics.
 *
 * @param own the format of the model's own provider
 */
record InvokeAnswer(AnswerFormat own, boolean streaming) implements AnswerFormat {

    private static final String EVENT_END = "\n\n";
    private static final String DATA = "data: ";

    @Override
    public String contentType() {
        return streaming ? "application/vnd.amazon.eventstream" : "application/json";
    }

    @Override
    public Charset charset() {
        return streaming ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }

    @Override
    public boolean streamsArguments() {
        return own.streamsArguments();
    }

    @Override
    public boolean redactsReasoning() {
        return own.redactsReasoning();
    }

    @Override
    public String whole(Answer answer) {
        return own.whole(answer);
    }

    @Override
    public String empty(Answer answer) {
        return own.empty(answer);
    }

    @Override
    public String opening(Answer answer) {
        return chunks(own.opening(answer), answer);
    }

    @Override
    public TextFrames frames(Answer answer) {
        TextFrames frames = own.frames(answer);
        return (chunksBefore, text) -> chunks(frames.frame(chunksBefore, text), answer);
    }

    @Override
    public String closing(Answer answer, int chunks) {
        return chunks(own.closing(answer, chunks), answer);
    }

    @Override
    public String failure(Refusal refusal, int chunks) {
        return BedrockErrors.event(refusal);
    }

    /** Bedrock sends no pings. */
    private static String chunks(String events, Answer answer) {
        StringBuilder chunks = new StringBuilder();
        for (String event : events.split(EVENT_END)) {
            int data = event.indexOf(DATA);
            if (data < 0 || event.startsWith("event: ping")) {
                continue;
            }
            String json = event.substring(data + DATA.length());
            if (event.startsWith("event: message_stop")) {
                json = json.substring(0, json.length() - 1) + ",\"amazon-bedrock-invocationMetrics\":" + metrics(answer)
                        + "}";
            }
            String bytes = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
            chunks.append(EventStream.event("chunk", "{\"bytes\":\"" + bytes + "\"}"));
        }
        return chunks.toString();
    }

    private static String metrics(Answer answer) {
        Answer.Timing timing = answer.timing();
        long first = timing.loadNanos() + timing.promptNanos();
        return "{\"inputTokenCount\":" + answer.usage().inputTokens() + ",\"outputTokenCount\":"
                + answer.usage().outputTokens() + ",\"invocationLatency\":"
                + TimeUnit.NANOSECONDS.toMillis(first + timing.outputNanos()) + ",\"firstByteLatency\":"
                + TimeUnit.NANOSECONDS.toMillis(first) + "}";
    }
}
