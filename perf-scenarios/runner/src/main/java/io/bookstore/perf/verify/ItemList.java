package io.bookstore.perf.verify;

import io.bookstore.perf.verify.Item.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The items so far, in their order. */
final class ItemList {

    private final List<Item> items = new ArrayList<>();

    void pass(String name, String rule, String evidence) {
        items.add(new Item(name, rule, State.PASS, evidence, ""));
    }

    void fail(String name, String rule, String evidence, String remedy) {
        items.add(new Item(name, rule, State.FAIL, evidence, remedy));
    }

    void unknown(String name, String rule, String reason, String remedy) {
        items.add(new Item(name, rule, State.UNKNOWN, reason, remedy));
    }

    List<Item> all() {
        return List.copyOf(items);
    }

    /** Milliseconds as an item shows them. */
    static String ms(@Nullable Double value) {
        return value == null ? "?" : String.format(Locale.ROOT, "%,.0f ms", value);
    }
}
