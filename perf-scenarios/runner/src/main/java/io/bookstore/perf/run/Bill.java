package io.bookstore.perf.run;

import io.bookstore.perf.results.facts.TargetFacts;
import java.util.Locale;

/**
 * An estimate of the cost of a run against a real provider, made before it starts.
 *
 * @param provider name of the provider as the service gives it, or the service's address
 * @param told     whether the service itself says that its provider is not simulated
 * @param load     expected requests to the model
 * @param price    US dollars for one of them, and where the figure comes from
 */
public record Bill(String provider, boolean told, ExpectedLoad load, RequestPrice price) {

    static Bill of(TargetFacts target, ExpectedLoad load, RequestPrice price) {
        String provider = target.provider();
        return new Bill(
                provider == null ? target.baseUrl().toString() : provider, target.simulated() != null, load, price);
    }

    public double usd() {
        return load.requests() * price.usd();
    }

    /** The sentence for the person who pays. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "%s %s: %s at $%.4f (%s) cost about $%.2f.",
                provider,
                told
                        ? "is not simulated"
                        : "does not say whether it is simulated (paid: false in its descriptor if it is)",
                load.words(),
                price.usd(),
                price.source(),
                usd());
    }
}
