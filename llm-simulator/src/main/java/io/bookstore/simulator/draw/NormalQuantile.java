package io.bookstore.simulator.draw;

/**
 * The inverse of the standard normal distribution, by Acklam's rational approximation (2003; relative error below
 * 1.2e-9). {@code Random.nextGaussian} will not do: its algorithm changed with JDK 17 and takes a varying number of draws.
 */
final class NormalQuantile {

    private static final double TAIL = 0.02425;

    private NormalQuantile() {}

    static double of(double probability) {
        if (probability < TAIL) {
            return tail(Math.sqrt(-2 * Math.log(probability)));
        }
        if (probability > 1 - TAIL) {
            return -tail(Math.sqrt(-2 * Math.log(1 - probability)));
        }
        double q = probability - 0.5;
        double r = q * q;
        double above = ((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
                                                + 1.383577518672690e+02)
                                        * r
                                - 3.066479806614716e+01)
                        * r
                + 2.506628277459239e+00;
        double below = ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
                                                + 6.680131188771972e+01)
                                        * r
                                - 1.328068155288572e+01)
                        * r
                + 1;
        return q * above / below;
    }

    private static double tail(double q) {
        double above = ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q
                                                - 2.549732539343734e+00)
                                        * q
                                + 4.374664141464968e+00)
                        * q
                + 2.938163982698783e+00;
        double below = (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q
                                + 3.754408661907416e+00)
                        * q
                + 1;
        return above / below;
    }
}
