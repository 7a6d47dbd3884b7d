package io.bookstore.simulator.schema;

/** Plain words for strings and names. */
final class Words {

    private static final String[] WORDS = ("river quiet garden letter winter harbour silver morning story window "
                    + "paper lantern orchard village market copper island thread autumn bridge meadow candle forest "
                    + "summer corner mirror valley signal pepper feather")
            .split(" ");
    private static final int USUALLY_MOST = 6;

    private Words() {}

    static String name(Drawing drawing) {
        return WORDS[drawing.draw().below(WORDS.length)];
    }

    /** Some words with that many characters. */
    static String text(Drawing drawing, int least, int most) {
        StringBuilder text = new StringBuilder();
        for (int words = drawing.between(1, USUALLY_MOST); words > 0 || text.length() < least; words--) {
            text.append(text.isEmpty() ? "" : " ").append(name(drawing));
        }
        return text.substring(0, Math.min(text.length(), most));
    }
}
