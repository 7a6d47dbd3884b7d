package io.bookstore.simulator.fit;

import io.bookstore.simulator.simulation.Behaviour;
import java.util.ArrayList;
import java.util.List;

/**
 * The provider as its calls tell it.
 *
 * @param behaviour for a simulator that answers as the provider did
 * @param evidence  the times that the calls had
 * @param streams   calls that told how fast it is
 * @param calls     all calls, refused ones too
 * @param estimates of all numbers, with intervals
 * @param goodness  measured and modelled distributions
 * @param unknown   a sentence for each thing that the data cannot tell
 */
record Fitted(
        Behaviour behaviour,
        Evidence evidence,
        int streams,
        int calls,
        List<Estimate> estimates,
        List<Goodness> goodness,
        List<String> unknown) {

    Fitted {
        estimates = List.copyOf(estimates);
        goodness = List.copyOf(goodness);
        unknown = List.copyOf(unknown);
    }

    /** Returns the same with more that the data cannot tell. */
    Fitted withUnknown(List<String> more) {
        List<String> all = new ArrayList<>(unknown);
        all.addAll(more);
        return new Fitted(behaviour, evidence, streams, calls, estimates, goodness, all);
    }

    /** Returns the calls that told how fast it is, as a plural. */
    String told() {
        return evidence == Evidence.CHUNKS ? "streams" : "answers";
    }
}
