package io.bookstore.simulator.fit;

import java.util.Locale;

/** A fit as text for a terminal. */
final class FitText {

    private FitText() {}

    static String of(Fitted fitted) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "Fitted to %,d %s of %,d calls.%n%n%-28s %12s   %s%n",
                fitted.streams(),
                fitted.told(),
                fitted.calls(),
                "Number",
                "value",
                "95 % interval"));
        for (Estimate each : fitted.estimates()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-28s %12s   %s to %s%s%n",
                    each.key(),
                    number(each.value()),
                    number(each.low()),
                    number(each.high()),
                    each.note().isEmpty() ? "" : "   " + each.note()));
        }
        text.append(String.format(
                Locale.ROOT,
                "%n%-18s %19s %19s %19s   %s%n",
                "Measured, modelled",
                "p50",
                "p95",
                "p99",
                "largest distance"));
        for (Goodness each : fitted.goodness()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-18s %19s %19s %19s   %s%n",
                    each.title(),
                    both(each, 0.5),
                    both(each, 0.95),
                    both(each, 0.99),
                    distance(each)));
        }
        text.append(String.format("%nThe data cannot tell:%n"));
        fitted.unknown().forEach(sentence -> text.append(String.format("  %s%n", sentence)));
        return text.toString();
    }

    static String distance(Goodness goodness) {
        return String.format(
                Locale.ROOT,
                "%.1f %%, %s",
                100 * goodness.distance(),
                goodness.fits() ? "no more than chance" : "more than chance");
    }

    static String number(double value) {
        double rounded = Fit.rounded(value);
        return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e7
                ? String.format(Locale.ROOT, "%.0f", rounded)
                : String.valueOf(rounded);
    }

    private static String both(Goodness goodness, double share) {
        return number(Goodness.quantile(goodness.measured(), share)) + ", "
                + number(Goodness.quantile(goodness.modelled(), share));
    }
}
