package io.bookstore.perf.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.run.Bill;
import io.bookstore.perf.run.ExpectedLoad;
import io.bookstore.perf.run.RequestPrice;
import io.bookstore.perf.testing.StandInApi;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsolePromptTest {

    private static final Bill BILL = new Bill(
            "anthropic",
            true,
            new ExpectedLoad(500, new ExpectedLoad.Planned(69_000, 58_000)),
            new RequestPrice(0.003, "the average of 9"));

    private final StringWriter out = new StringWriter();
    private final List<String> questions = new ArrayList<>();

    @Test
    void billIsShownAndYesGoesOn() {
        assertThatCode(() -> ask(false, null, answering("y")).confirm(BILL)).doesNotThrowAnyException();

        assertThat(out)
                .hasToString("anthropic is not simulated: about 500 requests (planned: 69,000 tokens in, 58,000 out) at"
                        + " $0.0030 (the average of 9) cost about $1.50.\n");
        assertThat(questions).containsExactly("Go on? [y/N] ");
    }

    @Test
    void anyOtherAnswerSendsNothing() {
        assertThatThrownBy(() -> ask(false, null, answering("")).confirm(BILL))
                .hasMessage("Nothing was sent: you did not agree to the cost.")
                .satisfies(ConsolePromptTest::exits77);
    }

    @Test
    void nobodyThereIsARefusalWithTheRemedy() {
        assertThatThrownBy(() -> ask(false, null, Optional.empty()).confirm(BILL))
                .hasMessage("Nobody is here to agree to about $1.50: say --yes, best with --max-usd, or set"
                        + " SIMULATOR_URL for a simulated provider.")
                .satisfies(ConsolePromptTest::exits77);
    }

    @Test
    void yesOnTheCommandLineAsksNobodyAndTheLimitIsTold() {
        ask(true, 0.5, Optional.empty()).confirm(BILL);

        assertThat(out.toString()).contains("cost about $1.50. --max-usd stops the run at $0.50, before its end.");
    }

    @Test
    void singleRequestsAreAskedForUnlessTheServiceIsSimulated() throws InterruptedException {
        try (StandInApi simulated = StandInApi.start();
                StandInApi real = StandInApi.ofPaidProvider()) {
            ask(false, null, answering("")).confirmRequests(simulated.baseUrl(), true);
            assertThat(out.toString()).isEmpty();

            ask(false, null, answering("y")).confirmRequests(real.baseUrl(), false);
            assertThat(out).hasToString("anthropic is not simulated: a request to its model may cost money.\n");
        }
    }

    private Optional<UnaryOperator<String>> answering(String answer) {
        return Optional.of(question -> {
            questions.add(question);
            return answer;
        });
    }

    private ConsolePrompt ask(boolean yes, @Nullable Double maxUsd, Optional<UnaryOperator<String>> person) {
        return new ConsolePrompt(yes, maxUsd, new PrintWriter(out, true), person);
    }

    private static void exits77(Throwable failure) {
        assertThat(((PerfException) failure).exitCode())
                .isEqualTo(ExitCode.NOT_AGREED)
                .extracting(ExitCode::value)
                .isEqualTo(77);
    }
}
