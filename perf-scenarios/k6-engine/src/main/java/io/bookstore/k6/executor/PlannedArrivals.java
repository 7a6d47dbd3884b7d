package io.bookstore.k6.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.options.OptionsNode;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.k6.script.ScriptFault;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The arrival rate of a scenario whose iterations wait for moments of a schedule of the script's own. k6 sees iterations that
 * virtual users share; a plan has to see an open loop, so the scenario tells it in a variable: the JSON of the options that an
 * executor of the same rate would have, under a name that says how the arrivals come.
 */
final class PlannedArrivals {
    private static final String VARIABLE = "PLANNED_AS";

    private PlannedArrivals() {}

    /**
     * Plans a scenario by what it tells; empty if it tells nothing.
     *
     * @throws ScriptFault with exit code 104 if it is not what an arrival rate has
     */
    static Optional<RunPlan.Scenario> plan(String name, Duration startTime, Map<String, String> env) {
        return Optional.ofNullable(env.get(VARIABLE)).map(told -> plan(name, startTime, told));
    }

    private static RunPlan.Scenario plan(String name, Duration startTime, String told) {
        String place = "options.scenarios." + name + ".env." + VARIABLE;
        try {
            OptionsNode options = new OptionsNode(place, new ObjectMapper().readTree(told));
            ExecutorType type = options.has("stages") ? RampingArrivalRate.TYPE : ConstantArrivalRate.TYPE;
            return ScenarioReader.plan(
                    name,
                    options.text("executor", type.name()),
                    startTime,
                    type.reader().apply(options));
        } catch (JsonProcessingException noJson) {
            throw ScriptFault.configuration(
                    place + " must be the options of an arrival rate as JSON, was \"" + told + "\".");
        }
    }

    /** The variables without what they tell, for a run of one iteration, which is no load. */
    static Map<String, String> without(Map<String, String> env) {
        Map<String, String> others = new HashMap<>(env);
        others.remove(VARIABLE);
        return others;
    }
}
