package io.bookstore.perf.verify;

import io.bookstore.perf.report.HtmlPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code checklist.html}: a checklist as a person reads it, one file without a network and without a script. */
public final class HtmlChecklist {

    public static final String NAME = "checklist.html";

    private HtmlChecklist() {}

    /** @param target the service's name in its descriptor */
    public static void write(String target, List<Item> items, Path folder) throws IOException {
        HtmlPage.write(
                folder.resolve(NAME), "checklist.jte", Map.of("target", target, "checklist", ChecklistFile.of(items)));
    }

    /** The state of an item in small letters. */
    public static String word(Item item) {
        return item.state().name().toLowerCase(Locale.ROOT);
    }

    /** The class by which the style sheet colours the state of an item. */
    public static String tone(Item item) {
        return switch (item.state()) {
            case PASS -> "good";
            case FAIL -> "bad";
            case UNKNOWN -> "warn";
        };
    }
}
