package io.bookstore.simulator.openai;

import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.Thoughts;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.TextFrames;

/**
 * The reasoning item of a response, with a summary or without, and its events:
 * https://platform.openai.com/docs/api-reference/responses-streaming/response/reasoning_summary_part/added.
 */
final class ResponsesReasoning {

    private static final String ENCRYPTED_BEGIN = "gAAAAAB";
    private static final int EVENTS_WITHOUT_SUMMARY = 2; // begin and end of the item
    private static final int EVENTS_AROUND_SUMMARY =
            5; // of the item, of the part of the summary, and the end of its text

    private ResponsesReasoning() {}

    /** The number of its events; 0 if there is no reasoning. */
    static int events(Answer answer) {
        Thoughts thoughts = answer.thoughts();
        if (thoughts == null) {
            return 0;
        }
        return thoughts.chunks() == 0 ? EVENTS_WITHOUT_SUMMARY : EVENTS_AROUND_SUMMARY + thoughts.chunks();
    }

    /** @param number of the first event */
    static String begin(Thoughts thoughts, int number, boolean encrypted) {
        String item = ResponsesAnswer.event(
                "response.output_item.added",
                number,
                ",\"output_index\":0,\"item\":" + item(thoughts, "[]", encrypted));
        return thoughts.chunks() == 0
                ? item
                : item
                        + ResponsesAnswer.event(
                                "response.reasoning_summary_part.added",
                                number + 1,
                                place(thoughts) + ",\"part\":" + part(""));
    }

    /** @param number of the first event of {@link #begin} */
    static TextFrames frames(Thoughts thoughts, int number) {
        String place = place(thoughts);
        return (chunksBefore, text) -> ResponsesAnswer.event(
                "response.reasoning_summary_text.delta",
                number + 2 + chunksBefore,
                place + ",\"delta\":" + Json.quote(text));
    }

    /** @param next the number of the first event after the reasoning */
    static String end(Thoughts thoughts, int next, boolean encrypted) {
        String summary = thoughts.chunks() == 0
                ? ""
                : ResponsesAnswer.event(
                                "response.reasoning_summary_text.done",
                                next - 3,
                                place(thoughts) + ",\"text\":" + Json.quote(thoughts.text()))
                        + ResponsesAnswer.event(
                                "response.reasoning_summary_part.done",
                                next - 2,
                                place(thoughts) + ",\"part\":" + part(thoughts.text()));
        return summary
                + ResponsesAnswer.event(
                        "response.output_item.done",
                        next - 1,
                        ",\"output_index\":0,\"item\":" + item(thoughts, encrypted));
    }

    static String item(Thoughts thoughts, boolean encrypted) {
        return item(thoughts, thoughts.chunks() == 0 ? "[]" : "[" + part(thoughts.text()) + "]", encrypted);
    }

    private static String item(Thoughts thoughts, String summary, boolean encrypted) {
        return "{\"id\":\"rs_" + thoughts.mark() + "\",\"type\":\"reasoning\",\"summary\":" + summary
                + (encrypted ? ",\"encrypted_content\":\"" + ENCRYPTED_BEGIN + thoughts.mark() + "\"" : "") + "}";
    }

    private static String part(String text) {
        return "{\"type\":\"summary_text\",\"text\":" + Json.quote(text) + "}";
    }

    private static String place(Thoughts thoughts) {
        return ",\"item_id\":\"rs_" + thoughts.mark() + "\",\"output_index\":0,\"summary_index\":0";
    }
}
