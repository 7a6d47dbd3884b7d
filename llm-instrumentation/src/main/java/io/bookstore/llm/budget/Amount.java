package io.bookstore.llm.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * A number of US dollars or of tokens, exact to a billionth of a dollar; what is finer is rounded up. Amounts that are
 * numerically equal are equal.
 *
 * @param value at least 0, of at most 100 digits before and behind the point
 */
public record Amount(Unit unit, BigDecimal value) {

    // Below 2^53, so that a store whose numbers are floating-point, as those of Lua and JavaScript are, counts exactly.
    private static final long MOST_STEPS = 9_000_000_000_000_000L;

    private static final int MOST_DIGITS = 100;

    /** The unit of an amount. */
    public enum Unit {
        /** US dollars. */
        USD(9),
        /** Tokens. */
        TOKENS(0);

        private final int decimals;

        Unit(int decimals) {
            this.decimals = decimals;
        }

        /** Returns the largest limit that a budget of this unit can have: nine million dollars, or 9 * 10^15 tokens. */
        public Amount largestLimit() {
            return ofSteps(this, MOST_STEPS);
        }
    }

    public Amount {
        Objects.requireNonNull(unit, "unit");
        // A number of a million digits, such as 1e1000000, would take many seconds to round.
        if (value.precision() > MOST_DIGITS || Math.abs((long) value.scale()) > MOST_DIGITS) {
            throw new IllegalArgumentException(
                    "An amount must have at most " + MOST_DIGITS + " digits before and behind its point, was " + value);
        }
        if (value.signum() < 0) {
            throw new IllegalArgumentException("An amount must be >= 0, was " + value.toPlainString());
        }
        BigDecimal shortest =
                value.setScale(unit.decimals, RoundingMode.CEILING).stripTrailingZeros();
        value = shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    /** Returns an amount of US dollars. */
    public static Amount usd(BigDecimal usd) {
        return new Amount(Unit.USD, usd);
    }

    /** Returns a number of tokens. */
    public static Amount tokens(long tokens) {
        return new Amount(Unit.TOKENS, BigDecimal.valueOf(tokens));
    }

    static Amount ofSteps(Unit unit, long steps) {
        return new Amount(unit, BigDecimal.valueOf(steps, unit.decimals));
    }

    /** Returns the amount as a whole number of billionths of a dollar or of tokens, at most that of the largest limit. */
    long steps() {
        BigDecimal steps = value.movePointRight(unit.decimals);
        return steps.min(BigDecimal.valueOf(MOST_STEPS)).longValueExact();
    }

    boolean fitsLimit() {
        return value.compareTo(unit.largestLimit().value) <= 0;
    }

    /** Returns the amount with its unit, such as {@code 0.4 USD} or {@code 1000 tokens}. */
    @Override
    public String toString() {
        return value.toPlainString() + (unit == Unit.USD ? " USD" : " tokens");
    }
}
