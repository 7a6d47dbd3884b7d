package io.bookstore.simulator;

import static io.bookstore.simulator.rule.Match.prompt;
import static org.awaitility.Awaitility.await;

import io.bookstore.simulator.journal.Attempt;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Chats that rules may answer, and what the journal has of them. */
final class RuledChats {

    private RuledChats() {}

    static String chat(RawHttp http, String prompt, String... headers) throws IOException {
        return http.post(
                "/v1/chat/completions",
                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}",
                headers);
    }

    static List<String> rules(SimulatorServer server, int count) {
        return attempts(server, count).stream()
                .map(attempt -> String.valueOf(attempt.result().rule()))
                .toList();
    }

    /** The attempts in order of arrival, once that many have ended. */
    static List<Attempt> attempts(SimulatorServer server, int count) {
        await().atMost(2, TimeUnit.MINUTES)
                .until(() -> server.journal().attempts().size() == count);
        return server.journal().attempts();
    }
}
