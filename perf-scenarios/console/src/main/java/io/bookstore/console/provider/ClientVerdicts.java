package io.bookstore.console.provider;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The verdicts on the clients of all providers, from {@code /admin/verdicts}. */
public record ClientVerdicts(boolean good, List<OfProvider> providers) {

    public ClientVerdicts {
        providers = List.copyOf(providers);
    }

    /** @param amplification attempts a call */
    public record OfProvider(
            String provider, boolean good, long calls, long attempts, double amplification, List<Verdict> verdicts) {

        public OfProvider {
            Objects.requireNonNull(provider, "provider");
            verdicts = List.copyOf(verdicts);
        }
    }

    /** @param detail sentence about the first broken case; null if there is none */
    public record Verdict(
            String name,
            boolean good,
            long cases,
            long broken,
            @Nullable String detail) {

        public Verdict {
            Objects.requireNonNull(name, "name");
        }
    }
}
