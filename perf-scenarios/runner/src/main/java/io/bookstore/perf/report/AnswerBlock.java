package io.bookstore.perf.report;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.answer.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A section of an answer as the page shows it: a table, and a chart in front of it where there is one.
 *
 * @param id    key of the chart's data
 * @param curve null if the section is a table alone
 */
public record AnswerBlock(
        String id, String title, String note, Section.@Nullable Curve curve, List<Head> heads, List<List<Cell>> rows) {

    static List<AnswerBlock> of(Answer answer) {
        List<AnswerBlock> blocks = new ArrayList<>();
        for (Section section : answer.sections()) {
            blocks.add(of("answer-" + blocks.size(), section));
        }
        return blocks;
    }

    private static AnswerBlock of(String id, Section section) {
        if (section instanceof Section.Curve curve) {
            return new AnswerBlock(id, curve.title(), note(curve), curve, curveHeads(curve), curveRows(curve));
        }
        if (section instanceof Section.Bands bands) {
            return new AnswerBlock(id, bands.title(), bands.note(), null, bandHeads(), bandRows(bands));
        }
        if (section instanceof Section.Matrix matrix) {
            return new AnswerBlock(
                    id, matrix.title(), matrixNote(matrix), null, matrixHeads(matrix), matrixRows(matrix));
        }
        Section.Table table = (Section.Table) section;
        return new AnswerBlock(id, table.title(), table.note(), null, tableHeads(table), tableRows(table));
    }

    private static String note(Section.Curve curve) {
        List<String> parts = new ArrayList<>();
        if (!curve.note().isEmpty()) {
            parts.add(curve.note());
        }
        Section.Mark limit = curve.limit();
        if (limit != null) {
            parts.add(sentence(limit, curve.y().unit()));
        }
        Section.Mark knee = curve.knee();
        if (knee != null) {
            parts.add(sentence(knee, curve.x().unit()));
        }
        return String.join(" ", parts);
    }

    private static String sentence(Section.Mark mark, String unit) {
        String label = mark.label().substring(0, 1).toUpperCase(Locale.ROOT)
                + mark.label().substring(1);
        return label + ": " + Quantity.exact(Quantity.in(unit, mark.value())) + ".";
    }

    private static List<Head> curveHeads(Section.Curve curve) {
        List<Head> heads = new ArrayList<>(List.of(Head.of(curve.x(), true)));
        curve.series().forEach(series -> heads.add(new Head(series.label(), "", true)));
        return heads;
    }

    private static List<List<Cell>> curveRows(Section.Curve curve) {
        TreeMap<Double, List<Cell>> rows = new TreeMap<>();
        for (int index = 0; index < curve.series().size(); index++) {
            for (List<Double> point : curve.series().get(index).points()) {
                List<Cell> row = rows.computeIfAbsent(point.get(0), x -> emptyRow(curve, x));
                row.set(index + 1, Cell.number(Quantity.in(curve.y().unit(), point.get(1))));
            }
        }
        return List.copyOf(rows.values());
    }

    private static List<Cell> emptyRow(Section.Curve curve, double x) {
        List<Cell> row = new ArrayList<>(List.of(Cell.number(Quantity.count(x))));
        curve.series().forEach(series -> row.add(Cell.number(Quantity.NONE)));
        return row;
    }

    private static List<Head> bandHeads() {
        return List.of(new Head("phase", "", false), new Head("from", "", true), new Head("to", "", true));
    }

    private static List<List<Cell>> bandRows(Section.Bands bands) {
        return bands.bands().stream()
                .map(band -> List.of(
                        new Cell(band.label(), false, band.tone()),
                        Cell.number(Quantity.exact(Quantity.in("s", band.startSeconds()))),
                        Cell.number(Quantity.exact(Quantity.in("s", band.endSeconds())))))
                .toList();
    }

    private static String matrixNote(Section.Matrix matrix) {
        String axes = "Rows are %s, columns are %s.".formatted(matrix.rowLabel(), matrix.columnLabel());
        return matrix.note().isEmpty() ? axes : axes + " " + matrix.note();
    }

    private static List<Head> matrixHeads(Section.Matrix matrix) {
        List<Head> heads = new ArrayList<>(List.of(new Head(matrix.rowLabel(), "", false)));
        matrix.columns().forEach(column -> heads.add(new Head(column, "", true)));
        return heads;
    }

    private static List<List<Cell>> matrixRows(Section.Matrix matrix) {
        return matrix.rows().stream()
                .map(row -> {
                    List<Cell> cells = new ArrayList<>(List.of(new Cell(row.label(), false, "")));
                    for (int index = 0; index < matrix.columns().size(); index++) {
                        cells.add(count(
                                row.cells().get(index),
                                row.expected().contains(matrix.columns().get(index))));
                    }
                    return cells;
                })
                .toList();
    }

    private static Cell count(@Nullable Long count, boolean expected) {
        if (count == null || (count == 0 && !expected)) {
            return Cell.number("");
        }
        String tone = expected ? count == 0 ? "" : "good" : "bad";
        return new Cell(Quantity.count(count), true, tone);
    }

    private static List<Head> tableHeads(Section.Table table) {
        return table.columns().stream()
                .map(column -> Head.of(column, isNumeric(table, table.columns().indexOf(column))))
                .toList();
    }

    private static boolean isNumeric(Section.Table table, int column) {
        return table.rows().stream().noneMatch(row -> row.get(column) instanceof String);
    }

    private static List<List<Cell>> tableRows(Section.Table table) {
        return table.rows().stream()
                .map(row -> {
                    List<Cell> cells = new ArrayList<>();
                    for (int index = 0; index < row.size(); index++) {
                        cells.add(cell(table.columns().get(index), row.get(index), isNumeric(table, index)));
                    }
                    return cells;
                })
                .toList();
    }

    private static Cell cell(Section.Column column, @Nullable Object value, boolean numeric) {
        if (value instanceof Number number) {
            return Cell.number(inColumn(column.unit(), number.doubleValue()));
        }
        return new Cell(value == null ? Quantity.NONE : String.valueOf(value), numeric, "");
    }

    /** A word of a unit stands in the head of the column, and what belongs to a number stands with it. */
    private static String inColumn(String unit, double value) {
        return Quantity.knows(unit) ? Quantity.in(unit, value) : Quantity.count(value);
    }

    /** @param unit the unit that the cells do not name */
    public record Head(String label, String unit, boolean numeric) {
        static Head of(Section.Column column, boolean numeric) {
            return new Head(column.label(), Quantity.knows(column.unit()) ? "" : column.unit(), numeric);
        }
    }

    /** @param tone {@code good}, {@code bad} or empty */
    public record Cell(String text, boolean numeric, String tone) {
        static Cell number(String text) {
            return new Cell(text, true, "");
        }
    }
}
