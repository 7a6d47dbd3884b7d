package io.bookstore.perf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.PerfException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {

    private final List<Option> options =
            List.of(new Option("container", false), new Option("binary", true), new Option("embedded", true));

    @Test
    void autoTakesTheFirstThatIsThereAndSaysWhatItPassedOver() {
        EngineChoice choice = EngineChoice.choose("auto", "K6_ENGINE", options);

        assertThat(choice.engine().name()).isEqualTo("binary");
        assertThat(choice.reason()).isEqualTo("binary is fine; no container: container is missing");
    }

    @Test
    void engineAskedForIsTakenEvenIfAnotherWouldComeFirst() {
        EngineChoice choice = EngineChoice.choose("embedded", "K6_ENGINE", options);

        assertThat(choice.engine().name()).isEqualTo("embedded");
        assertThat(choice.reason()).isEqualTo("asked for; embedded is fine");
    }

    @Test
    void engineAskedForThatIsNotThereIsOneSentence() {
        assertThatThrownBy(() -> EngineChoice.choose("container", "K6_ENGINE", options))
                .isInstanceOf(PerfException.class)
                .hasMessage("The container engine does not work here: container is missing.");
    }

    @Test
    void unknownEngineListsTheKnown() {
        assertThatThrownBy(() -> EngineChoice.choose("warp", "K6_ENGINE", options))
                .isInstanceOf(PerfException.class)
                .hasMessage("Unknown engine \"warp\": K6_ENGINE must be auto, container, binary, embedded.");
    }

    @Test
    void misspeltEngineIsSuggestedByTheNameThatAskedForIt() {
        assertThatThrownBy(() -> EngineChoice.choose("embeded", "--engine", options))
                .hasMessage(
                        "Unknown engine \"embeded\": did you mean embedded? --engine must be auto, container, binary,"
                                + " embedded.");
    }

    private record Option(String name, boolean there) implements EngineOption {
        @Override
        public Availability availability() {
            return new Availability(there, name + (there ? " is fine" : " is missing"));
        }

        @Override
        public Engine engine() {
            return new Engine() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public EngineRun start(EngineRequest request, EngineListener listener) {
                    throw new UnsupportedOperationException();
                }
            };
        }
    }
}
