package io.bookstore.simulator.fit;

import java.util.Locale;

/** A fit as a page of HTML: one file, no script, nothing from elsewhere. */
final class FitReport {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 220;
    private static final int LEFT = 48;
    private static final int BOTTOM = 28;
    private static final int POINTS = 200;
    // The slowest of a hundred would squeeze the others into a corner.
    private static final double SHOWN = 0.99;

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s: fit of a provider</title>
            <style>
            :root { color-scheme: light dark; --line: #1d4ed8; --model: #b45309; --rule: #8886 }
            @media (prefers-color-scheme: dark) { :root { --line: #93b4ff; --model: #f5b04c } }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
            table { border-collapse: collapse; width: 100%%; font-variant-numeric: tabular-nums }
            th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--rule) }
            td.n { white-space: nowrap }
            .wide { overflow-x: auto }
            svg { width: 100%%; height: auto }
            svg text { font-size: 12px; fill: currentColor }
            .measured { stroke: var(--line); fill: none; stroke-width: 2 }
            .modelled { stroke: var(--model); fill: none; stroke-width: 2; stroke-dasharray: 6 4 }
            .axis { stroke: var(--rule) }
            </style>
            </head>
            <body>
            <h1>%1$s</h1>
            <p>Fitted to %2$s of %3$s calls from %4$s. Solid: measured. Dashed: the profile, asked for the same answers.</p>
            """;

    private FitReport() {}

    static String of(Fitted fitted, String source) {
        StringBuilder page = new StringBuilder(String.format(
                Locale.ROOT,
                HEAD,
                escaped(fitted.behaviour().profile().name()),
                String.format(Locale.ROOT, "%,d %s", fitted.streams(), fitted.told()),
                String.format(Locale.ROOT, "%,d", fitted.calls()),
                escaped(source)));
        page.append("<h2>Numbers</h2>\n<div class=\"wide\" tabindex=\"0\"><table>\n"
                + "<tr><th>Number</th><th>Value</th><th>95 % interval</th><th>Note</th></tr>\n");
        for (Estimate each : fitted.estimates()) {
            page.append(String.format(
                    "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s to %s</td><td>%s</td></tr>%n",
                    escaped(each.key()),
                    FitText.number(each.value()),
                    FitText.number(each.low()),
                    FitText.number(each.high()),
                    escaped(each.note())));
        }
        page.append("</table></div>\n<h2>Distributions</h2>\n");
        fitted.goodness().forEach(each -> chart(page, each));
        page.append("<h2>What the data cannot tell</h2>\n<ul>\n");
        fitted.unknown()
                .forEach(each -> page.append("<li>").append(escaped(each)).append("</li>\n"));
        return page.append("</ul>\n</body>\n</html>\n").toString();
    }

    private static void chart(StringBuilder page, Goodness goodness) {
        double most =
                Math.max(Goodness.quantile(goodness.measured(), SHOWN), Goodness.quantile(goodness.modelled(), SHOWN));
        page.append(String.format(
                "<h3>%s</h3>%n<p>Largest distance: %s.</p>%n", goodness.title(), FitText.distance(goodness)));
        page.append(String.format(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s: share of calls up to each value, measured and"
                        + " modelled\">%n",
                WIDTH, HEIGHT, goodness.title()));
        for (int share = 0; share <= 100; share += 25) {
            double y = y(share / 100.0);
            page.append(String.format(
                    Locale.ROOT,
                    "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text x=\"0\" y=\"%.1f\">%d %%</text>%n",
                    LEFT,
                    WIDTH,
                    y,
                    y,
                    y + 4,
                    share));
        }
        for (int part = 0; part <= 4; part++) {
            page.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                    LEFT + (WIDTH - LEFT) * part / 4.0,
                    HEIGHT - 6,
                    part == 0 ? "start" : part == 4 ? "end" : "middle",
                    FitText.number(most * part / 4)));
        }
        line(page, "measured", goodness.measured(), most);
        line(page, "modelled", goodness.modelled(), most);
        page.append("</svg>\n");
    }

    private static void line(StringBuilder page, String name, double[] ascending, double most) {
        page.append("<polyline class=\"").append(name).append("\" points=\"");
        for (int i = 0; i <= POINTS; i++) {
            double share = SHOWN * i / POINTS;
            double value = Goodness.quantile(ascending, share);
            double x = most == 0 ? LEFT : LEFT + (WIDTH - LEFT) * Math.min(1, value / most);
            page.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(share)));
        }
        page.append("\"/>\n");
    }

    private static double y(double share) {
        return 10 + (HEIGHT - BOTTOM - 10) * (1 - share);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
