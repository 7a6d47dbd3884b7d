package io.bookstore.console.provider;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Objects;

/** The profiles that come with the simulator, from {@code /admin/profiles}. */
public record ProviderProfiles(List<Profile> profiles) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProviderProfiles {
        profiles = List.copyOf(profiles);
    }

    /** A profile with the numbers that tell it from others. */
    public record Profile(String name, Prefill prefill, Decode decode, Serving serving) {

        public Profile {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(prefill, "prefill");
            Objects.requireNonNull(decode, "decode");
            Objects.requireNonNull(serving, "serving");
        }
    }

    /** @param medianMs time to the first token of an empty prompt */
    public record Prefill(double medianMs) {}

    /** @param tokenMs time for a token */
    public record Decode(double tokenMs) {}

    /** @param slots answers written at a time; 0 for no limit */
    public record Serving(int slots, int queue) {}
}
