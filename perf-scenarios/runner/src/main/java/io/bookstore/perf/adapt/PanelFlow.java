package io.bookstore.perf.adapt;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The grid of a dashboard, filled from left to right and from top to bottom without gaps. */
final class PanelFlow {

    private static final int COLUMNS = 24;

    private int x;
    private int y;
    private int height;

    /** @param firstLine where the first panel lies */
    PanelFlow(int firstLine) {
        y = firstLine;
    }

    /**
     * Gives a panel the next place for its size; a row begins a line of its own. The panels of a folded row lie below it once
     * it is unfolded, so they take no place from what follows.
     */
    void place(ObjectNode panel) {
        ObjectNode grid = (ObjectNode) panel.required("gridPos");
        int width = grid.path("w").asInt();
        if (x + width > COLUMNS) {
            y += height;
            x = 0;
            height = 0;
        }
        grid.put("x", x).put("y", y);
        x += width;
        height = Math.max(height, grid.path("h").asInt());
        PanelFlow folded = new PanelFlow(y + height);
        panel.path("panels").forEach(each -> folded.place((ObjectNode) each));
    }
}
