package io.bookstore.api.proof;

import io.bookstore.api.proof.Row.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The results of the rows, as the tables of {@code docs/reliability.md}. */
final class ReliabilityTable {

    private static final Path PAGE = Path.of("docs", "reliability.md");
    private static final Path REPORT = Path.of("target", "reliability.md");
    private static final Pattern SECTION =
            Pattern.compile("(?s)(<!-- reliability: .*? -->\n).*?(<!-- /reliability -->)");

    private final Map<String, String> lines = new LinkedHashMap<>();
    private final TreeSet<String> unproven = new TreeSet<>();

    /** Starts a table whose rows will be seen in any order, or not: then the page's own line stands for the row. */
    void table(String title, List<Row> rows, String... columns) {
        String head = "| | " + String.join(" | ", columns) + " |\n|---" + "|---".repeat(columns.length) + "|";
        lines.put(title, "\n" + title + "\n\n" + head);
        for (Row row : rows) {
            unproven.add(row.id());
            lines.put(row.id(), "");
        }
    }

    void add(Row row, Seen seen) {
        unproven.remove(row.id());
        lines.put(row.id(), line(row, seen));
    }

    /** A row of its table. */
    static String line(Row row, Seen seen) {
        List<String> cells = new ArrayList<>(List.of(row.id(), row.done(), row.must(), seen.answer()));
        if (!seen.lost().isEmpty()) {
            cells.add(seen.lost());
            cells.add(seen.recovery());
        }
        return "| " + String.join(" | ", cells) + " |";
    }

    /** All of it, with the page's line wherever there is no better one. */
    String text() throws IOException {
        List<String> published = published().lines().toList();
        StringBuilder text = new StringBuilder();
        lines.forEach((id, line) -> text.append(
                        unproven.contains(id)
                                ? published.stream()
                                        .filter(old -> old.startsWith("| " + id + " |"))
                                        .findFirst()
                                        .orElse("| " + id + " | not shown yet |")
                                : line)
                .append('\n'));
        return text.append('\n').toString();
    }

    /** The first ten lines that should stand in the page and do not, or stand there and should not. */
    List<String> differences() throws IOException {
        List<String> seen = text().lines().toList();
        List<String> published = published().lines().toList();
        Stream<String> missing =
                seen.stream().filter(line -> !published.contains(line)).map(line -> "missing: " + line);
        Stream<String> wrong =
                published.stream().filter(line -> !seen.contains(line)).map(line -> "wrong: " + line);
        List<String> lines = Stream.concat(missing, wrong).limit(10).toList();
        return lines.isEmpty() && !seen.equals(published) ? List.of("the order of the lines") : lines;
    }

    /** Returns the text of the page between its markers. */
    static String published() throws IOException {
        var section = SECTION.matcher(Files.readString(PAGE));
        if (!section.find()) {
            throw new IllegalStateException("The page has no section \"reliability\"");
        }
        return section.group()
                .substring(
                        section.group(1).length(),
                        section.group().length() - section.group(2).length());
    }

    void write() throws IOException {
        Files.writeString(REPORT, text());
    }

    void publish() throws IOException {
        synchronized (PAGE) {
            String text = text();
            Files.writeString(
                    PAGE,
                    SECTION.matcher(Files.readString(PAGE))
                            .replaceFirst(all -> Matcher.quoteReplacement(all.group(1) + text + all.group(2))));
        }
    }

    /** Writes one row that another class of tests shows. */
    static void publish(Row row, Seen seen) throws IOException {
        synchronized (PAGE) {
            Pattern old = Pattern.compile("(?m)^\\| " + Pattern.quote(row.id()) + " \\|.*$");
            Files.writeString(
                    PAGE, old.matcher(Files.readString(PAGE)).replaceFirst(Matcher.quoteReplacement(line(row, seen))));
        }
    }
}
