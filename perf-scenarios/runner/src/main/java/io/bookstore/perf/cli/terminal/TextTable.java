package io.bookstore.perf.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A table of text: names to the left, figures to the right, two spaces between the columns. */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> names;

    /** A table with names in its first column alone. */
    public TextTable(List<String> heads) {
        this(heads, Set.of(0));
    }

    /** @param names the columns that are no figures, the first being 0 */
    public TextTable(List<String> heads, Set<Integer> names) {
        this.rows.add(heads);
        this.names = names;
    }

    public void add(List<String> cells) {
        rows.add(cells);
    }

    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String padding = " ".repeat(width(column) - cells.get(column).length());
            line.append(column == 0 ? "" : "  ")
                    .append(names.contains(column) ? cells.get(column) + padding : padding + cells.get(column));
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
