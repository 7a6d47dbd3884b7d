package io.bookstore.perf.jvm;

import java.util.ArrayList;
import java.util.List;

/** The flags of a BookStore API that is started for a run, as {@code make run} has them. */
public final class ServiceJvm {

    private ServiceJvm() {}

    /** @param given flags of the user's own, which win */
    public static List<String> flags(List<String> given) {
        List<String> flags = new ArrayList<>();
        if (!JvmMatter.COLLECTOR.chosenBy(given)) {
            flags.add("-XX:+UseSerialGC");
        }
        if (!JvmMatter.HEAP.chosenBy(given)) {
            flags.add("-Xmx320m");
            flags.add("-Xmn64m");
        }
        return flags;
    }
}
