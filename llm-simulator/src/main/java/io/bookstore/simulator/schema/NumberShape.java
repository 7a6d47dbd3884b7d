package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The multiples of a step within bounds.
 *
 * @param bounds   as the schema has them
 * @param step     of the values drawn
 * @param first    the least multiple drawn
 * @param last     the greatest
 */
record NumberShape(boolean whole, Bounds bounds, BigDecimal step, BigInteger first, BigInteger last) implements Shape {

    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final BigDecimal SPAN = BigDecimal.valueOf(1_000);
    private static final int FINEST = 15;
    private static final int MOST_FRACTIONS = 1_000;

    /**
     * @param multipleOf null if any number will do
     */
    record Bounds(
            @Nullable BigDecimal least,
            boolean aboveLeast,
            @Nullable BigDecimal most,
            boolean belowMost,
            @Nullable BigDecimal multipleOf) {

        boolean accept(BigDecimal value) {
            return (least == null || value.compareTo(least) >= (aboveLeast ? 1 : 0))
                    && (most == null || value.compareTo(most) <= (belowMost ? -1 : 0))
                    && (multipleOf == null || value.remainder(multipleOf).signum() == 0);
        }
    }

    static Shape of(boolean whole, Bounds bounds) {
        BigDecimal least = bounds.least() == null ? leastBelow(bounds.most(), bounds) : bounds.least();
        BigDecimal most = bounds.most() == null ? least.add(span(bounds)) : bounds.most();
        BigDecimal step = step(whole, bounds.multipleOf());
        if (step == null) {
            return new NoValue("multipleOf " + bounds.multipleOf() + " has no whole number");
        }
        NumberShape shape = between(whole, bounds, step, least, most);
        for (int i = 0; i < FINEST && shape.height() == NEVER && !whole && bounds.multipleOf() == null; i++) {
            step = step.movePointLeft(1);
            shape = between(whole, bounds, step, least, most);
        }
        return shape;
    }

    private static BigDecimal leastBelow(@Nullable BigDecimal most, Bounds bounds) {
        return most == null || most.signum() > 0 ? BigDecimal.ZERO : most.subtract(span(bounds));
    }

    private static BigDecimal span(Bounds bounds) {
        return bounds.multipleOf() == null ? SPAN : SPAN.max(bounds.multipleOf().multiply(BigDecimal.TEN));
    }

    private static @Nullable BigDecimal step(boolean whole, @Nullable BigDecimal multipleOf) {
        if (multipleOf == null) {
            return whole ? BigDecimal.ONE : CENT;
        }
        for (int i = 1; whole && i <= MOST_FRACTIONS; i++) {
            BigDecimal multiple = multipleOf.multiply(BigDecimal.valueOf(i));
            if (isWhole(multiple)) {
                return multiple;
            }
        }
        return whole ? null : multipleOf;
    }

    private static NumberShape between(
            boolean whole, Bounds bounds, BigDecimal step, BigDecimal least, BigDecimal most) {
        BigInteger first = least.divide(step, 0, RoundingMode.CEILING).toBigInteger();
        BigInteger last = most.divide(step, 0, RoundingMode.FLOOR).toBigInteger();
        boolean onLeast = bounds.aboveLeast() && value(first, step).compareTo(least) == 0;
        boolean onMost = bounds.belowMost() && value(last, step).compareTo(most) == 0;
        return new NumberShape(
                whole,
                bounds,
                step,
                onLeast ? first.add(BigInteger.ONE) : first,
                onMost ? last.subtract(BigInteger.ONE) : last);
    }

    private static BigDecimal value(BigInteger multiple, BigDecimal step) {
        return step.multiply(new BigDecimal(multiple));
    }

    private static boolean isWhole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }

    @Override
    public JsonNode draw(Drawing drawing, int depth) {
        BigInteger choices = last.subtract(first).add(BigInteger.ONE);
        BigInteger chosen = BigDecimal.valueOf(drawing.draw().uniform())
                .multiply(new BigDecimal(choices))
                .toBigInteger();
        BigDecimal value = value(first.add(chosen), step);
        if (whole) {
            BigInteger number = value.toBigIntegerExact();
            return number.bitLength() < Long.SIZE
                    ? Drawing.nodes.numberNode(number.longValue())
                    : Drawing.nodes.numberNode(number);
        }
        BigDecimal plain = value.stripTrailingZeros();
        return Drawing.nodes.numberNode(plain.scale() < 0 ? plain.setScale(0) : plain);
    }

    @Override
    public boolean accepts(JsonNode value) {
        return value.isNumber() && (!whole || isWhole(value.decimalValue())) && bounds.accept(value.decimalValue());
    }

    @Override
    public int height() {
        return first.compareTo(last) > 0 ? NEVER : 1;
    }

    @Override
    public SchemaException reason(String path) {
        return new SchemaException(path, "no " + (whole ? "integer" : "number") + " is within its bounds");
    }
}
