package io.bookstore.simulator.clients;

import io.bookstore.simulator.SimulatorServer;

/** A provider's own Java client, without its retries. */
interface OfficialClient extends AutoCloseable {

    Reply document(String prompt, int maxTokens);

    Reply stream(String prompt, int maxTokens);

    @Override
    void close();

    /** The clients there are. */
    enum Kind {
        ANTHROPIC {
            @Override
            OfficialClient open(SimulatorServer server) {
                return new AnthropicClient(server.baseUrl());
            }
        },
        OPENAI_CHAT {
            @Override
            OfficialClient open(SimulatorServer server) {
                return new OpenAiChatClient(server.baseUrl());
            }
        },
        OPENAI_RESPONSES {
            @Override
            OfficialClient open(SimulatorServer server) {
                return new OpenAiResponsesClient(server.baseUrl());
            }
        },
        GEMINI {
            @Override
            OfficialClient open(SimulatorServer server) {
                return new GeminiClient(server.baseUrl());
            }
        },
        BEDROCK {
            @Override
            OfficialClient open(SimulatorServer server) {
                return new BedrockClient(server.baseUrl());
            }
        };

        abstract OfficialClient open(SimulatorServer server);
    }
}
