package io.bookstore.perf.slo;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The part of a run that is judged, in seconds from the begin of the load.
 *
 * @param steady true if ramps and warm-up are cut; false if the run has no steady part and is judged as a whole
 * @param note   how it was found, or why there is none; a sentence
 */
public record SteadyWindow(boolean steady, double beginSeconds, double endSeconds, String note) {

    @JsonIgnore
    public double lengthSeconds() {
        return endSeconds - beginSeconds;
    }

    boolean has(double second) {
        return second >= beginSeconds && second < endSeconds;
    }
}
