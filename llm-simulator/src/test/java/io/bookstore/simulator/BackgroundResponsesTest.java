package io.bookstore.simulator;

import static io.bookstore.simulator.StoredAnswers.create;
import static io.bookstore.simulator.StoredAnswers.inputTokens;
import static io.bookstore.simulator.StoredAnswers.outputTokens;
import static io.bookstore.simulator.StoredAnswers.params;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStatus;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Responses in the background: polled until their planned end, or cancelled before it. */
class BackgroundResponsesTest {

    private static final HandClock clock = new HandClock();
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"), clock);
    private static final OpenAIClient client = OpenAiSdk.of(server);

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void reset() {
        server.reset();
    }

    @Test
    void answerInTheBackgroundIsPolledUntilItsPlannedEnd() {
        server.behave(server.behaviour().withProfile(TestProfiles.HALF_A_SECOND));

        Response accepted = create(client, params("Emma").background(true));
        assertThat(accepted.status()).contains(ResponseStatus.QUEUED);
        assertThat(statusOf(accepted)).isEqualTo(ResponseStatus.QUEUED);
        clock.forward(Duration.ofMillis(300));
        assertThat(statusOf(accepted)).isEqualTo(ResponseStatus.IN_PROGRESS);
        assertThat(server.journal().attempts()).isEmpty();
        assertThatThrownBy(() -> create(client, params("More").previousResponseId(accepted.id())))
                .hasMessageContaining("Previous response with id '" + accepted.id() + "' is not completed.");
        clock.forward(Duration.ofMillis(200));

        Response completed = client.responses().retrieve(accepted.id());

        assertThat(completed.status()).contains(ResponseStatus.COMPLETED);
        assertThat(outputTokens(completed)).isEqualTo(20);
        assertThat(server.journal().attempts()).last().satisfies(attempt -> {
            assertThat(attempt.result().outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(attempt.result().tokens()).isEqualTo(new Attempt.Tokens((int) inputTokens(completed), 20));
            assertThat(attempt.actual().durationMs()).isEqualTo(500);
        });
    }

    @Test
    void journalHasTheAnswerThatNobodyPolls() {
        server.behave(server.behaviour().withProfile(TestProfiles.HALF_A_SECOND));
        create(client, params("Emma").background(true));
        clock.forward(Duration.ofSeconds(1));

        assertThat(server.journal().attempts()).hasSize(1);
    }

    @Test
    void cancelledAnswerStaysSoAndIsNotBilled() {
        server.behave(server.behaviour().withProfile(TestProfiles.HALF_A_SECOND));
        Response accepted = create(client, params("Emma").background(true));

        assertThat(client.responses().cancel(accepted.id()).status()).contains(ResponseStatus.CANCELLED);
        clock.forward(Duration.ofSeconds(1));

        assertThat(statusOf(accepted)).isEqualTo(ResponseStatus.CANCELLED);
        assertThat(server.journal().attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.result().outcome()).isEqualTo(Outcome.ABANDONED);
            assertThat(attempt.result().tokens()).isNull();
        });
    }

    @Test
    void cancellationIsTooLateAfterTheEndAndWrongInTheForeground() {
        Response ended = create(client, params("Emma").background(true));
        Response sent = create(client, params("Emma"));

        assertThat(client.responses().cancel(ended.id()).status()).contains(ResponseStatus.COMPLETED);
        assertThatThrownBy(() -> client.responses().cancel(sent.id()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("Cannot cancel a synchronous response.");
    }

    private static ResponseStatus statusOf(Response response) {
        return client.responses().retrieve(response.id()).status().orElseThrow();
    }
}
