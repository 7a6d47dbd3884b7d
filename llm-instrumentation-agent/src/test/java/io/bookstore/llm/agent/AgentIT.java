package io.bookstore.llm.agent;

import static io.bookstore.simulator.rule.Match.prompt;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.Response;
import io.bookstore.testing.Command;
import io.bookstore.testing.OtlpReceiver;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Services that run under the OpenTelemetry Java agent with the extension, and without a line of code for it. */
class AgentIT {

    private static final Answers ANSWERS =
            Answers.NONE.when(prompt().contains("refused")).reply(Response.fault("429"));

    /** Dollars for a million tokens in, and out. */
    private static final Map<String, List<Double>> PRICES = Map.of(
            "gpt-4o-mini", List.of(0.15, 0.60),
            "claude-sonnet-4-5", List.of(3.0, 15.0),
            "text-embedding-3-small", List.of(0.02, 0.0));

    private final SimulatorServer server = SimulatorServer.start(
            SimulatorConfig.defaults().withPort(0).withProfile("zero").withAnswers(ANSWERS));
    private final OtlpReceiver collector = OtlpReceiver.start();

    @AfterEach
    void stop() {
        server.close();
        collector.close();
    }

    @Test
    void everyCallOfAnUntouchedServiceIsOneSpanWithTheTokensAndTheCostOfTheJournal() {
        Command.Result run = Service.untouched("shop.Shop").run(server, collector);

        assertThat(run.output()).contains("answer: vector ", "answer: refused");
        assertThat(SpanTree.of(collector)).isEqualTo("""
                chat gpt-4o-mini
                  POST
                chat gpt-4o-mini
                  POST
                chat claude-sonnet-4-5
                  POST
                chat claude-sonnet-4-5
                  POST
                embeddings text-embedding-3-small
                  POST
                chat gpt-4o-mini rate_limited
                  POST 429
                  POST 429
                chat gpt-4o-mini
                  POST
                """);
        assertThat(tokens()).hasSize(6).isEqualTo(billed());
        assertThat(cost()).isCloseTo(bill(), within(1e-12));
        assertThat(collector.metrics())
                .contains("gen_ai.client.operation.duration", "gen_ai.client.token.usage", "llm.cost.usd");
        assertThat(calls())
                .filteredOn(span -> span.containsKey("gen_ai.response.time_to_first_chunk"))
                .hasSize(2);
    }

    @Test
    void callsOfAServiceThatMeasuresItselfCountOnce() {
        Command.Result run = Service.withTheLibrary("shop.MeasuredShop").run(server, collector);

        assertThat(run.output()).doesNotContain("not measured");
        assertThat(tokens()).as(run.tail()).hasSize(8).isEqualTo(billed());
    }

    @Test
    void switchOfTheAgentLeavesTheServiceAlone() {
        Service.untouched("shop.SmallShop").run(server, collector, "-Dotel.instrumentation.llm.enabled=false");

        assertThat(server.journal().attempts()).hasSize(3);
        assertThat(SpanTree.of(collector)).isEqualTo("POST\nPOST\nPOST\n");
    }

    @Test
    void serviceWithALangChain4jThatIsTooOldRunsAndSaysWhatIsNotMeasured() {
        Command.Result run = Service.untouched("shop.SmallShop")
                .withLangChain4j("target/langchain4j/*")
                .run(server, collector);

        assertThat(server.journal().attempts()).hasSize(3);
        assertThat(SpanTree.of(collector)).isEqualTo("POST\nPOST\nPOST\n");
        assertThat(run.output())
                .containsOnlyOnce(" WARN ")
                .contains("LangChain4j must be >= 1.13 for dev.langchain4j.model.openai.OpenAiChatModel to be measured")
                .contains("; its calls stay unmeasured");
    }

    private List<Map<String, Object>> calls() {
        return collector.attributesInOrder().stream()
                .filter(span -> span.containsKey("gen_ai.operation.name"))
                .toList();
    }

    /** The input and output tokens of each call that was answered, in the order of the calls. */
    private List<List<Long>> tokens() {
        return calls().stream()
                .filter(span -> !span.containsKey("error.type"))
                .map(span -> List.of((Long) span.getOrDefault("gen_ai.usage.input_tokens", 0L), (Long)
                        span.getOrDefault("gen_ai.usage.output_tokens", 0L)))
                .toList();
    }

    private double cost() {
        return calls().stream()
                .mapToDouble(span -> (Double) span.getOrDefault("llm.cost.usd", 0.0))
                .sum();
    }

    private List<List<Long>> billed() {
        return answered().stream()
                .map(attempt -> requireNonNull(attempt.result().tokens()))
                .map(tokens -> List.of((long) tokens.input(), (long) tokens.output()))
                .toList();
    }

    private double bill() {
        return answered().stream()
                .mapToDouble(attempt -> {
                    List<Double> price =
                            requireNonNull(PRICES.get(attempt.asked().model()));
                    var tokens = requireNonNull(attempt.result().tokens());
                    return (tokens.input() * price.get(0) + tokens.output() * price.get(1)) / 1e6;
                })
                .sum();
    }

    private List<Attempt> answered() {
        return server.journal().attempts().stream()
                .filter(attempt -> attempt.result().tokens() != null)
                .toList();
    }
}
