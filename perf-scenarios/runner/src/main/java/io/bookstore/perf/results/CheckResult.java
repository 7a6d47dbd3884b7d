package io.bookstore.perf.results;

/** @param group k6's group path, empty outside any group */
public record CheckResult(String group, String name, long passes, long fails) {

    public boolean passed() {
        return fails == 0;
    }
}
