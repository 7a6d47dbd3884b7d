package io.bookstore.simulator;

/** A request of Anthropic's messages. */
final class MessagesRequest {

    private MessagesRequest() {}

    static String asked(String fields) {
        return "{\"model\":\"claude-sonnet\",\"max_tokens\":1000," + fields
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}";
    }
}
