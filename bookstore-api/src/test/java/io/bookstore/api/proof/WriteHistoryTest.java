package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteHistoryTest {

    private static final String BOOK = "/api/v1/Books/6b0b0071ffb7d37f7017cb33";

    private final WriteHistory history = new WriteHistory();

    @Test
    void writesOneAfterTheOtherExplainWhatIsStored() {
        history.found(BOOK, 3);

        history.changed(history.send(), BOOK, 4, "PUT");
        history.read(history.send(), BOOK, 4, "GET");
        history.changed(history.send(), BOOK, 5, "PATCH");

        assertThat(history.differences(Map.of(BOOK, 5L))).isEmpty();
    }

    @Test
    void changeMayBeAnsweredAfterTheDeletionThatFollowedIt() {
        history.found(BOOK, 2);

        long put = history.send();
        long delete = history.send();
        history.deleted(delete, BOOK, "DELETE");
        history.changed(put, BOOK, 3, "PUT");

        assertThat(history.differences(Map.of())).isEmpty();
    }

    @Test
    void changesUnderWayTogetherMayBeAnsweredInAnyOrder() {
        history.found(BOOK, 0);

        long first = history.send();
        long second = history.send();
        long read = history.send();
        history.changed(second, BOOK, 2, "PATCH");
        history.read(read, BOOK, 0, "GET");
        history.changed(first, BOOK, 1, "PUT");

        assertThat(history.differences(Map.of(BOOK, 2L))).isEmpty();
    }

    @Test
    void unknownResourceMayBeMissed() {
        history.missed(history.send(), BOOK, "GET");

        assertThat(history.differences(Map.of())).isEmpty();
    }

    @Test
    void resourceMayBeMissedBeforeItsCreationIsAnswered() {
        long create = history.send();
        history.missed(history.send(), BOOK, "GET");
        history.created(create, BOOK, 0, "POST");

        assertThat(history.differences(Map.of(BOOK, 0L))).isEmpty();
    }

    @Test
    void changeWithoutAnAnswerMayStandOrNot() {
        history.found(BOOK, 0);
        history.mayHaveChanged(history.send(), BOOK, "PUT");

        assertThat(history.differences(Map.of(BOOK, 0L))).isEmpty();
        assertThat(history.differences(Map.of(BOOK, 1L))).isEmpty();
    }

    @Test
    void changeWithoutAnAnswerStandsOnce() {
        history.found(BOOK, 0);
        history.mayHaveChanged(history.send(), BOOK, "PUT");

        assertThat(history.differences(Map.of(BOOK, 2L)))
                .containsExactly(BOOK + " is stored at version 2: no write was told version 2;"
                        + " [0-0] stored at the start at version 0, [1-] PUT: perhaps");
    }

    @Test
    void changeWithoutAnAnswerDoesNotExplainWhatWasSeenBeforeItWasSent() {
        history.found(BOOK, 0);
        history.read(history.send(), BOOK, 1, "GET");
        history.mayHaveChanged(history.send(), BOOK, "PUT");

        assertThat(history.differences(Map.of(BOOK, 1L)))
                .singleElement()
                .asString()
                .contains("no write was told version 1");
    }

    @Test
    void deletionWithoutAnAnswerMayStandOrNot() {
        history.found(BOOK, 0);
        history.mayHaveDeleted(history.send(), BOOK, "DELETE");

        assertThat(history.differences(Map.of())).isEmpty();
        assertThat(history.differences(Map.of(BOOK, 0L))).isEmpty();
    }

    @Test
    void creationWithoutAnAnswerMayStandOrNot() {
        history.mayHaveCreated(1);

        assertThat(history.differences(Map.of())).isEmpty();
        assertThat(history.differences(Map.of(BOOK, 0L))).isEmpty();
        assertThat(history.differences(Map.of(BOOK, 0L, BOOK + "0", 0L))).hasSize(2);
    }

    @Test
    void lostChangeIsTold() {
        history.found(BOOK, 0);
        history.changed(history.send(), BOOK, 1, "PUT");

        assertThat(history.differences(Map.of(BOOK, 0L)))
                .containsExactly(BOOK + " is stored at version 0: after [1-2] PUT: version 1;"
                        + " [0-0] stored at the start at version 0, [1-2] PUT: version 1");
    }

    @Test
    void lostCreationIsTold() {
        history.created(history.send(), BOOK, 0, "POST");

        assertThat(history.differences(Map.of()))
                .containsExactly(BOOK + " is not stored: nobody deleted it; [1-2] POST: version 0");
    }

    @Test
    void deletedResourceThatIsStillStoredIsTold() {
        history.found(BOOK, 0);
        history.deleted(history.send(), BOOK, "DELETE");

        assertThat(history.differences(Map.of(BOOK, 0L)))
                .containsExactly(BOOK + " is stored at version 0: after [1-2] DELETE: deleted;"
                        + " [0-0] stored at the start at version 0, [1-2] DELETE: deleted");
    }

    @Test
    void changeThatBeganAfterTheDeletionWasAnsweredIsTold() {
        history.found(BOOK, 0);
        history.deleted(history.send(), BOOK, "DELETE");
        history.changed(history.send(), BOOK, 1, "PUT");

        assertThat(history.differences(Map.of()))
                .singleElement()
                .asString()
                .contains("is not stored: [3-4] PUT: version 1 came after [1-2] DELETE: deleted");
    }

    @Test
    void twoChangesToOneVersionAreTold() {
        history.found(BOOK, 0);
        long first = history.send();
        long second = history.send();
        history.changed(first, BOOK, 1, "PUT");
        history.changed(second, BOOK, 1, "PATCH");

        assertThat(history.differences(Map.of(BOOK, 1L)))
                .singleElement()
                .asString()
                .contains("two writes were told the same, [1-3] PUT: version 1 and [2-4] PATCH: version 1");
    }

    @Test
    void twoDeletionsAreTold() {
        history.found(BOOK, 0);
        long first = history.send();
        long second = history.send();
        history.deleted(first, BOOK, "DELETE");
        history.deleted(second, BOOK, "DELETE");

        assertThat(history.differences(Map.of())).singleElement().asString().contains("two writes were told the same");
    }

    @Test
    void versionThatGoesBackIsTold() {
        history.found(BOOK, 0);
        history.changed(history.send(), BOOK, 2, "PUT");
        history.changed(history.send(), BOOK, 1, "PUT");

        assertThat(history.differences(Map.of(BOOK, 2L)))
                .singleElement()
                .asString()
                .contains("[3-4] PUT: version 1 came after [1-2] PUT: version 2");
    }

    @Test
    void staleReadIsTold() {
        history.found(BOOK, 0);
        history.changed(history.send(), BOOK, 1, "PUT");
        history.read(history.send(), BOOK, 0, "GET");

        assertThat(history.differences(Map.of(BOOK, 1L)))
                .singleElement()
                .asString()
                .contains("[3-4] GET: read 0 came after [1-2] PUT: version 1");
    }

    @Test
    void versionThatNobodyWroteIsTold() {
        history.found(BOOK, 0);
        history.changed(history.send(), BOOK, 2, "PUT");

        assertThat(history.differences(Map.of(BOOK, 2L)))
                .singleElement()
                .asString()
                .contains("no write was told version 1");
    }

    @Test
    void missedResourceThatNobodyHadDeletedIsTold() {
        history.found(BOOK, 0);
        history.missed(history.send(), BOOK, "GET");

        assertThat(history.differences(Map.of(BOOK, 0L))).hasSize(1);
    }

    @Test
    void storedResourceThatNobodyCreatedIsTold() {
        assertThat(history.differences(Map.of(BOOK, 0L)))
                .containsExactly(BOOK + " is stored at version 0, and no answer told of it;"
                        + " creations without an answer: 0");
    }

    @Test
    void tenResourcesAreTold() {
        for (int i = 10; i < 50; i++) {
            history.created(history.send(), BOOK + i, 0, "POST");
        }

        assertThat(history.differences(Map.of())).hasSize(11).endsWith("and 30 more");
    }
}
