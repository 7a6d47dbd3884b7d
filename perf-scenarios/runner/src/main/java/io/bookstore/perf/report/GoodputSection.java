package io.bookstore.perf.report;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.slo.Dimension;
import io.bookstore.perf.slo.Goodput;
import io.bookstore.perf.slo.Goodput.Attainment;
import io.bookstore.perf.slo.Goodput.OfClass;
import io.bookstore.perf.slo.Rejudged;
import io.bookstore.perf.slo.Slo;
import io.bookstore.perf.slo.SloText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The goodput as the page and the terminal show it.
 *
 * @param note    the limits, if they are not those of the run; null if they are
 * @param window  the part of the run that is judged, and how it was found
 * @param classes a row for each class
 * @param rows    a row for each limited dimension of each class
 */
public record GoodputSection(@Nullable String note, String window, List<ClassRow> classes, List<DimensionRow> rows) {

    private static final String NOT_TOLD = "not told";

    private static final Map<Dimension, String> formulas = Map.of(
            Dimension.TTFT, "intended start to first token, as the service tells it",
            Dimension.E2E, "intended start to last byte",
            Dimension.COST, "cost that the answer tells; 0 from a cache",
            Dimension.ERROR, "sent, answered and not failed");

    static GoodputSection of(Goodput goodput) {
        return of(goodput, null);
    }

    /** @param own the goodput by the limits that the run had; null if it had none */
    static GoodputSection of(Rejudged rejudged, @Nullable Goodput own) {
        return of(
                rejudged.goodput(),
                "Judged again by " + SloText.of(rejudged.slo()) + ". "
                        + (own == null
                                ? "The run itself was judged by no limits of single requests."
                                : "The run itself was judged by " + SloText.of(Slo.of(own)) + ", with a goodput of "
                                        + share(own.share()) + ".")
                        + " Its verdict is not changed.");
    }

    private static GoodputSection of(Goodput goodput, @Nullable String note) {
        List<DimensionRow> rows = new ArrayList<>();
        goodput.classes().forEach(each -> each.dimensions().forEach(dimension -> rows.add(row(each, dimension))));
        return new GoodputSection(
                note,
                "From %s to %s of the load. %s"
                        .formatted(
                                Quantity.milliseconds(goodput.window().beginSeconds() * 1000),
                                Quantity.milliseconds(goodput.window().endSeconds() * 1000),
                                goodput.window().note()),
                goodput.classes().stream()
                        .map(each -> row(each, goodput.window().lengthSeconds()))
                        .toList(),
                rows);
    }

    private static ClassRow row(OfClass each, double seconds) {
        return new ClassRow(
                name(each),
                Quantity.count(each.scheduled()),
                Quantity.count(each.good()),
                share(each.share()),
                seconds > 0 ? Quantity.decimal(each.good() / seconds) : Quantity.NONE,
                Quantity.count(each.failed()),
                Quantity.count(each.dropped()),
                label(each.binding()));
    }

    private static DimensionRow row(OfClass each, Attainment attained) {
        return new DimensionRow(
                name(each),
                attained.dimension().label(),
                formulas.getOrDefault(attained.dimension(), ""),
                limit(attained),
                Quantity.count(attained.within()),
                Quantity.count(attained.missed()),
                Quantity.count(attained.notTold()),
                share(attained.share()),
                attained.dimension() == each.binding());
    }

    private static String label(@Nullable Dimension binding) {
        return binding == null ? "none" : binding.label();
    }

    private static String name(OfClass each) {
        return each.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String limit(Attainment attained) {
        Double limit = attained.limit();
        if (limit == null) {
            return Quantity.NONE;
        }
        return Quantity.exact(
                attained.dimension() == Dimension.COST ? Quantity.usd(limit) : Quantity.milliseconds(limit));
    }

    private static String share(@Nullable Double share) {
        return share == null ? NOT_TOLD : Quantity.percent(share);
    }

    /** The goodput of a run in one line, for the terminal. */
    public static String line(Goodput goodput) {
        String counts = String.format(
                Locale.ROOT,
                "%,d of %,d scheduled requests%s",
                goodput.good(),
                goodput.scheduled(),
                goodput.window().steady()
                        ? String.format(
                                Locale.ROOT, " in %.0f s", goodput.window().lengthSeconds())
                        : ", whole run");
        return "goodput " + share(goodput.share()) + " (" + counts + binding(goodput) + ")";
    }

    /** The binding dimension of the class with the most bad requests. */
    private static String binding(Goodput goodput) {
        return goodput.classes().stream()
                .filter(each -> each.good() < each.scheduled())
                .max(Comparator.comparingLong(each -> each.scheduled() - each.good()))
                .map(worst -> "; binding: " + name(worst) + " " + key(worst.binding()))
                .orElse("");
    }

    private static String key(@Nullable Dimension binding) {
        return binding == null ? NOT_TOLD : binding.key();
    }

    /** @param perSecond good requests a second */
    public record ClassRow(
            String name,
            String scheduled,
            String good,
            String share,
            String perSecond,
            String failed,
            String dropped,
            String binding) {}

    public record DimensionRow(
            String className,
            String dimension,
            String formula,
            String limit,
            String within,
            String missed,
            String notTold,
            String share,
            boolean binding) {}
}
