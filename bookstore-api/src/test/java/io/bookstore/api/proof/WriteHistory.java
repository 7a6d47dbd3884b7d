package io.bookstore.api.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The writes and reads of many clients at once, each with the moments at which it was sent and answered, and the check
 * that some order of them explains every answer and what is stored in the end.
 *
 * <p>Two operations that were under way together may have happened in either order. One that was answered before another
 * was sent happened before it. The version of a resource counts its writes from 0, and an id is never created twice, so
 * there is at most one possible order for each resource: creation, changes by their version, deletion.
 *
 * <p>Resources are named by their path. This class is safe for use by several threads.
 */
final class WriteHistory {

    /** The number of resources that {@link #differences} describes. */
    static final int MOST_TOLD = 10;

    private static final int MOST_OPERATIONS_TOLD = 16;

    private final AtomicLong clock = new AtomicLong();
    private final Map<String, List<Operation>> operations = new TreeMap<>();
    private int unknownCreations;

    /** The effect of an operation, or what it saw. */
    private enum Kind {
        /** Gave the resource its version. */
        WROTE,
        READ,
        DELETED,
        /** Found no resource. */
        MISSED,
        /** May have changed the resource, or not: there was no answer, or one that leaves it open. */
        MAY_HAVE_CHANGED,
        /** May have deleted the resource, or not. */
        MAY_HAVE_DELETED
    }

    private record Operation(Kind kind, long version, long sent, long answered, String text) {

        boolean endedBefore(Operation other) {
            return answered < other.sent;
        }

        /** The position of a sure operation in the only order there can be. */
        long position() {
            return switch (kind) {
                case WROTE -> 2 * version;
                case READ -> 2 * version + 1;
                case DELETED -> Long.MAX_VALUE - 1;
                case MISSED -> Long.MAX_VALUE;
                case MAY_HAVE_CHANGED, MAY_HAVE_DELETED -> throw new IllegalStateException(text);
            };
        }

        boolean sure() {
            return kind != Kind.MAY_HAVE_CHANGED && kind != Kind.MAY_HAVE_DELETED;
        }

        @Override
        public String toString() {
            String until = answered == Long.MAX_VALUE ? "" : String.valueOf(answered);
            return "[" + sent + "-" + until + "] " + text;
        }
    }

    /** Returns the moment at which an operation is sent; to be taken before it is. */
    long send() {
        return clock.incrementAndGet();
    }

    /** Notes a resource that was there before the first operation. */
    void found(String path, long version) {
        add(path, new Operation(Kind.WROTE, version, 0, 0, "stored at the start at version " + version));
    }

    /** Notes the answer to a creation. */
    void created(long sent, String path, long version, String text) {
        add(path, new Operation(Kind.WROTE, version, sent, clock.incrementAndGet(), text + ": version " + version));
    }

    /** Notes the answer to a change. */
    void changed(long sent, String path, long version, String text) {
        created(sent, path, version, text);
    }

    /** Notes the answer to a deletion. */
    void deleted(long sent, String path, String text) {
        add(path, new Operation(Kind.DELETED, 0, sent, clock.incrementAndGet(), text + ": deleted"));
    }

    /** Notes an answer that shows the resource at a version. */
    void read(long sent, String path, long version, String text) {
        add(path, new Operation(Kind.READ, version, sent, clock.incrementAndGet(), text + ": read " + version));
    }

    /** Notes an answer that says the resource is not there. */
    void missed(long sent, String path, String text) {
        add(path, new Operation(Kind.MISSED, 0, sent, clock.incrementAndGet(), text + ": not there"));
    }

    /** Notes a change that may have happened, at any time from now on, or not at all. */
    void mayHaveChanged(long sent, String path, String text) {
        add(path, new Operation(Kind.MAY_HAVE_CHANGED, 0, sent, Long.MAX_VALUE, text + ": perhaps"));
    }

    /** Notes a deletion that may have happened, at any time from now on, or not at all. */
    void mayHaveDeleted(long sent, String path, String text) {
        add(path, new Operation(Kind.MAY_HAVE_DELETED, 0, sent, Long.MAX_VALUE, text + ": perhaps"));
    }

    /** Notes a creation of that many resources that may have happened, under ids that nobody was told. */
    synchronized void mayHaveCreated(int count) {
        unknownCreations += count;
    }

    private synchronized void add(String path, Operation operation) {
        operations.computeIfAbsent(path, first -> new ArrayList<>()).add(operation);
    }

    /**
     * Compares the history with what is stored now that every operation has ended.
     *
     * @param stored the version of each resource that is there
     * @return a line for each resource that no order explains, with its operations; at most {@value #MOST_TOLD}, and
     *     then a line with the number of the others
     */
    synchronized List<String> differences(Map<String, Long> stored) {
        List<String> lines = new ArrayList<>();
        TreeSet<String> unknown = new TreeSet<>(stored.keySet());
        operations.forEach((path, all) -> {
            if (all.stream().anyMatch(operation -> operation.kind() == Kind.WROTE)) {
                unknown.remove(path);
            }
            String defect = defect(path, all, stored);
            if (!defect.isEmpty()) {
                lines.add(path + " " + defect + "; " + told(all));
            }
        });
        if (unknown.size() > unknownCreations) {
            unknown.forEach(path -> lines.add(path + " is stored at version " + stored.get(path)
                    + ", and no answer told of it; creations without an answer: " + unknownCreations));
        }
        if (lines.size() <= MOST_TOLD) {
            return lines;
        }
        List<String> first = new ArrayList<>(lines.subList(0, MOST_TOLD));
        first.add("and " + (lines.size() - MOST_TOLD) + " more");
        return first;
    }

    private static String told(List<Operation> all) {
        List<Operation> inOrder =
                all.stream().sorted(Comparator.comparing(Operation::sent)).toList();
        int skipped = Math.max(0, inOrder.size() - MOST_OPERATIONS_TOLD);
        return (skipped == 0 ? "" : skipped + " earlier operations, ")
                + inOrder.subList(skipped, inOrder.size()).stream()
                        .map(Operation::toString)
                        .collect(Collectors.joining(", "));
    }

    /** Returns the first rule that the operations on one resource break; empty if they break none. */
    private String defect(String path, List<Operation> all, Map<String, Long> stored) {
        long created = all.stream()
                .filter(operation -> operation.kind() == Kind.WROTE)
                .mapToLong(Operation::answered)
                .min()
                .orElse(Long.MAX_VALUE);
        // A resource that is missed while its creation may be under way tells nothing.
        List<Operation> sure = all.stream()
                .filter(Operation::sure)
                .filter(operation -> operation.kind() != Kind.MISSED || operation.sent() > created)
                .collect(Collectors.toCollection(ArrayList::new));
        if (all.stream().noneMatch(operation -> operation.kind() == Kind.WROTE)) {
            boolean seen = sure.stream().anyMatch(operation -> operation.kind() != Kind.MISSED);
            return seen && unknownCreations == 0 ? "was seen, and no answer told of its creation" : "";
        }
        long end = clock.get() + 1;
        Long version = stored.get(path);
        // What is stored is one more read, after all others.
        sure.add(
                version == null
                        ? new Operation(Kind.MISSED, 0, end, end, "")
                        : new Operation(Kind.READ, version, end, end, ""));
        String is = version == null ? "is not stored" : "is stored at version " + version;
        String defect = doubled(sure);
        if (defect.isEmpty()) {
            defect = outOfOrder(sure, end);
        }
        if (defect.isEmpty()) {
            defect = unexplainedVersion(all, sure);
        }
        if (defect.isEmpty()) {
            defect = unexplainedAbsence(all, sure);
        }
        return defect.isEmpty() ? "" : is + ": " + defect;
    }

    private static String doubled(List<Operation> sure) {
        TreeMap<Long, Operation> writers = new TreeMap<>();
        for (Operation operation : sure) {
            boolean writes = operation.kind() == Kind.WROTE || operation.kind() == Kind.DELETED;
            Operation other = writes ? writers.put(operation.position(), operation) : null;
            if (other != null) {
                return "two writes were told the same, " + other + " and " + operation;
            }
        }
        return "";
    }

    /** Looks for an operation that was answered before another was sent, although it must have come after it. */
    private static String outOfOrder(List<Operation> sure, long end) {
        for (Operation earlier : sure) {
            for (Operation later : sure) {
                if (earlier.endedBefore(later) && earlier.position() > later.position()) {
                    return later.sent() == end ? "after " + earlier : later + " came after " + earlier;
                }
            }
        }
        return "";
    }

    /** Looks for a version up to the last one that no write was told, and that no write without an answer explains. */
    private static String unexplainedVersion(List<Operation> all, List<Operation> sure) {
        TreeMap<Long, Operation> written = new TreeMap<>();
        long last = 0;
        for (Operation operation : sure) {
            if (operation.kind() == Kind.WROTE) {
                written.put(operation.version(), operation);
            }
            if (operation.kind() == Kind.WROTE || operation.kind() == Kind.READ) {
                last = Math.max(last, operation.version());
            }
        }
        List<Long> sentPerhaps = all.stream()
                .filter(operation -> operation.kind() == Kind.MAY_HAVE_CHANGED)
                .map(Operation::sent)
                .sorted()
                .toList();
        int used = 0;
        for (long version = written.firstKey(); version <= last; version++) {
            if (written.containsKey(version)) {
                continue;
            }
            long missing = version;
            long seenBy = sure.stream()
                    .filter(operation -> operation.position() > 2 * missing)
                    .mapToLong(Operation::answered)
                    .min()
                    .orElse(Long.MAX_VALUE);
            if (used == sentPerhaps.size() || sentPerhaps.get(used) > seenBy) {
                return "no write was told version " + version;
            }
            used++;
        }
        return "";
    }

    private static String unexplainedAbsence(List<Operation> all, List<Operation> sure) {
        long deletion = all.stream()
                .filter(operation -> operation.kind() == Kind.DELETED || operation.kind() == Kind.MAY_HAVE_DELETED)
                .mapToLong(Operation::sent)
                .min()
                .orElse(Long.MAX_VALUE);
        return sure.stream()
                .filter(operation -> operation.kind() == Kind.MISSED)
                .filter(operation -> operation.answered() < deletion)
                .findFirst()
                .map(operation ->
                        operation.text().isEmpty() ? "nobody deleted it" : operation + ", and nobody had deleted it")
                .orElse("");
    }
}
