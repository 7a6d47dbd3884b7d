package io.bookstore.perf.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table or chart of an answer. Units are as in {@link Answer.Figure}; a note may be empty. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Section.Table.class, name = "table"),
    @JsonSubTypes.Type(value = Section.Curve.class, name = "curve"),
    @JsonSubTypes.Type(value = Section.Bands.class, name = "bands"),
    @JsonSubTypes.Type(value = Section.Matrix.class, name = "matrix")
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface Section {

    int MOST_ROWS = 500;

    String title();

    String note();

    /** @param rows cells are numbers in the unit of their column, texts, or null for what is not known */
    record Table(String title, String note, List<Column> columns, List<List<@Nullable Object>> rows)
            implements Section {
        public Table {
            Rules.text("title", title);
            note = Rules.orEmpty(note);
            columns = Rules.list(columns);
            Rules.some("columns", columns);
            rows = Rules.list(rows).stream().map(Rules::listWithGaps).toList();
            Rules.atMost("rows", rows.size(), MOST_ROWS);
            for (List<@Nullable Object> row : rows) {
                Rules.sameLength("a row", row.size(), columns.size());
                row.forEach(Table::checkCell);
            }
        }

        private static void checkCell(@Nullable Object cell) {
            if (cell != null && !(cell instanceof Number) && !(cell instanceof String)) {
                throw new IllegalArgumentException("a cell must be a number, a text or null, was " + cell);
            }
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Column(String label, String unit) {
        public Column {
            Rules.text("label", label);
            unit = Rules.orEmpty(unit);
        }
    }

    /**
     * Points joined by lines.
     *
     * @param limit a value of y that must not be passed; null for none
     * @param knee  a value of x to be marked; null for none
     */
    record Curve(
            String title,
            String note,
            Column x,
            Column y,
            List<Series> series,
            @Nullable Mark limit,
            @Nullable Mark knee)
            implements Section {
        public Curve {
            Rules.text("title", title);
            note = Rules.orEmpty(note);
            if (x == null || y == null) {
                throw new IllegalArgumentException("a curve must have the axes x and y");
            }
            series = Rules.list(series);
            Rules.some("series", series);
        }
    }

    /** @param points pairs of x and y in the order of x */
    record Series(String label, List<List<Double>> points) {
        public Series {
            Rules.text("label", label);
            points = Rules.list(points).stream().map(Rules::list).toList();
            Rules.atMost("points", points.size(), MOST_ROWS);
            double before = Double.NEGATIVE_INFINITY;
            for (List<Double> point : points) {
                if (point.size() != 2) {
                    throw new IllegalArgumentException("a point must be a pair [x, y], was " + point);
                }
                if (point.get(0) < before) {
                    throw new IllegalArgumentException("points must be in the order of x, " + point + " is not");
                }
                before = point.get(0);
            }
        }
    }

    record Mark(String label, double value) {
        public Mark {
            Rules.text("label", label);
            Rules.finite("value", value);
        }
    }

    /** Phases of the run, which every chart over time shows behind its lines. */
    record Bands(String title, String note, List<Band> bands) implements Section {
        public Bands {
            Rules.text("title", title);
            note = Rules.orEmpty(note);
            bands = Rules.list(bands);
            Rules.some("bands", bands);
            Rules.atMost("bands", bands.size(), MOST_ROWS);
        }
    }

    /**
     * A phase, in seconds from the start of the load, which is the end of {@code setup()}.
     *
     * @param tone {@code bad} for a phase of trouble; empty otherwise
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Band(String label, double startSeconds, double endSeconds, String tone) {
        public Band {
            Rules.text("label", label);
            Rules.finite("startSeconds", startSeconds);
            Rules.finite("endSeconds", endSeconds);
            if (startSeconds < 0 || endSeconds < startSeconds) {
                throw new IllegalArgumentException("a band must end after it starts, and not start before 0, was "
                        + startSeconds + " to " + endSeconds);
            }
            tone = Rules.orEmpty(tone);
            if (!tone.isEmpty() && !tone.equals("bad")) {
                throw new IllegalArgumentException("tone must be bad or left out, was \"" + tone + "\"");
            }
        }
    }

    /** Counts of what came by what was expected. */
    record Matrix(String title, String note, String rowLabel, String columnLabel, List<String> columns, List<Row> rows)
            implements Section {
        public Matrix {
            Rules.text("title", title);
            note = Rules.orEmpty(note);
            Rules.text("rowLabel", rowLabel);
            Rules.text("columnLabel", columnLabel);
            columns = Rules.list(columns);
            Rules.some("columns", columns);
            rows = Rules.list(rows);
            Rules.atMost("rows", rows.size(), MOST_ROWS);
            for (Row row : rows) {
                Rules.sameLength("a row", row.cells().size(), columns.size());
            }
        }
    }

    /** @param expected columns in which a count is right; in any other one it is wrong */
    record Row(String label, List<String> expected, List<@Nullable Long> cells) {
        public Row {
            Rules.text("label", label);
            expected = Rules.list(expected);
            cells = Rules.listWithGaps(cells);
        }
    }
}
