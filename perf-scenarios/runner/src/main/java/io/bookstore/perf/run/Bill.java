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
        return new Bill(provider(target), target.simulated() != null, load, price);
    }

    /** The words on a service that is not known to be simulated: the reason why a request may cost money. */
    public static String claim(TargetFacts target) {
        return provider(target) + " " + claim(target.simulated() != null);
    }

    private static String provider(TargetFacts target) {
        String provider = target.provider();
        return provider == null ? target.baseUrl().toString() : provider;
    }

    private static String claim(boolean told) {
        return told
                ? "is not simulated"
                : "does not say whether it is simulated (paid: false in its descriptor if it is)";
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
                claim(told),
                load.words(),
                price.usd(),
                price.source(),
                usd());
    }
}
