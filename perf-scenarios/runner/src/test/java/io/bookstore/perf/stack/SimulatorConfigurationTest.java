package io.bookstore.perf.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.results.facts.SimulatorFacts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorConfigurationTest {

    @Test
    void seedIsNoPartOfTheSettings() {
        SimulatorFacts one = facts("{'profile':'fast','seed':1,'limits':{'requestsPerMinute':50}}");
        SimulatorFacts other = facts("{'profile':'fast','seed':2,'limits':{'requestsPerMinute':50}}");

        assertThat(one).isEqualTo(new SimulatorFacts("fast", 1, one.settings()));
        assertThat(other).isEqualTo(new SimulatorFacts("fast", 2, one.settings()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'profile':'fast','seed':1,'limits':{'requestsPerMinute':60}}",
                "{'profile':'fast','seed':1,'limits':{'requestsPerMinute':50},'faults':[{'fault':'529'}]}",
                "{'profile':{'name':'fast','failures':0.1},'seed':1,'limits':{'requestsPerMinute':50}}"
            })
    void limitFaultOrNumberOfAProfileChangesThem(String changed) {
        SimulatorFacts one = facts("{'profile':'fast','seed':1,'limits':{'requestsPerMinute':50}}");

        assertThat(facts(changed))
                .returns("fast", SimulatorFacts::profile)
                .satisfies(facts -> assertThat(facts.settings()).isNotEqualTo(one.settings()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "'text'", "{'profile':'fast'}", "{'profile':'fast','seed':'1'}", "{'seed':1}"})
    void answerOfAnotherKindTellsNothing(String answer) {
        assertThat(find(answer)).isNull();
    }

    private static SimulatorFacts facts(String json) {
        return Objects.requireNonNull(find(json), json);
    }

    private static @Nullable SimulatorFacts find(String json) {
        try {
            return SimulatorConfiguration.facts(new ObjectMapper().readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
