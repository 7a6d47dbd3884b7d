package io.bookstore.k6.vu;

import io.bookstore.k6.run.CheckCount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Groups and checks in the order in which they were first seen. Thread-safe. */
public final class CheckTree {
    private final Group root = new Group("", "");

    public Group root() {
        return root;
    }

    /** Every check with its counts; only after the run. */
    public List<CheckCount> counts() {
        List<CheckCount> counts = new ArrayList<>();
        addCounts(root, counts);
        return counts;
    }

    private static void addCounts(Group group, List<CheckCount> counts) {
        group.checks()
                .forEach(
                        check -> counts.add(new CheckCount(group.path(), check.name(), check.passes(), check.fails())));
        group.groups().forEach(inner -> addCounts(inner, counts));
    }

    /** @param path {@code ::outer::inner}; empty for the top level */
    Group group(String path) {
        Group current = root;
        for (String name : path.isEmpty() ? new String[0] : path.substring(2).split("::", -1)) {
            current = current.child(name);
        }
        return current;
    }

    public static final class Group {
        private final String name;
        private final String path;
        private final Map<String, Group> groups = Collections.synchronizedMap(new LinkedHashMap<>());
        private final Map<String, Check> checks = Collections.synchronizedMap(new LinkedHashMap<>());

        private Group(String name, String path) {
            this.name = name;
            this.path = path;
        }

        public String name() {
            return name;
        }

        public String path() {
            return path;
        }

        /** Only after the run: the map behind it grows while virtual users are at work. */
        public Collection<Group> groups() {
            return groups.values();
        }

        /** Only after the run, as {@link #groups}. */
        public Collection<Check> checks() {
            return checks.values();
        }

        Group child(String childName) {
            return groups.computeIfAbsent(childName, key -> new Group(key, path + "::" + key));
        }

        Check check(String checkName) {
            return checks.computeIfAbsent(checkName, key -> new Check(key, path + "::" + key));
        }
    }

    public static final class Check {
        private final String name;
        private final String path;
        private final LongAdder passes = new LongAdder();
        private final LongAdder fails = new LongAdder();

        private Check(String name, String path) {
            this.name = name;
            this.path = path;
        }

        void count(boolean passed) {
            (passed ? passes : fails).increment();
        }

        public String name() {
            return name;
        }

        public String path() {
            return path;
        }

        public long passes() {
            return passes.sum();
        }

        public long fails() {
            return fails.sum();
        }
    }
}
