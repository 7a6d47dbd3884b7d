package io.bookstore.perf.plan;

import io.bookstore.perf.scenario.Conversation;

/** A conversation with the model in virtual time: each prompt has the answers before it, and a turn that fails is the last one. */
final class VirtualConversation {

    private final VirtualTime time;
    private final VirtualService service;
    private final Conversation conversation;
    private final double scale;
    private final String id;
    private final Runnable ended;

    /** @param scale factor on the pauses between turns */
    VirtualConversation(
            VirtualTime time,
            VirtualService service,
            Conversation conversation,
            double scale,
            String id,
            Runnable ended) {
        this.time = time;
        this.service = service;
        this.conversation = conversation;
        this.scale = scale;
        this.id = id;
        this.ended = ended;
    }

    void begin() {
        ask(1, service.promptTokens());
    }

    private void ask(int turn, int promptTokens) {
        service.summarize(id + "-turn-" + turn, promptTokens, answerTokens -> {
            if (answerTokens == VirtualService.NO_ANSWER || turn == conversation.turns(id)) {
                ended.run();
            } else {
                int next = promptTokens + answerTokens + conversation.followUpTokens(id, turn);
                long pauseNanos = Math.round(conversation.pauseSeconds(id, turn) * scale * 1e9);
                time.at(time.nanos() + pauseNanos, () -> ask(turn + 1, next));
            }
        });
    }
}
