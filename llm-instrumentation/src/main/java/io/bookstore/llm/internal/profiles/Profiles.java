package io.bookstore.llm.internal.profiles;

import io.bookstore.llm.semconv.Profile;
import java.util.List;
import java.util.Set;

/** The tags of each profile. */
public final class Profiles {

    private Profiles() {}

    /** Returns the tags of these profiles, in their order. */
    public static List<ProfileTags> of(Set<Profile> profiles) {
        return profiles.stream().map(Profiles::of).toList();
    }

    private static ProfileTags of(Profile profile) {
        return switch (profile) {
            case KIT -> new KitTags();
            case OPEN_INFERENCE -> new OpenInferenceTags();
            case LANGFUSE -> new LangfuseTags();
        };
    }
}
