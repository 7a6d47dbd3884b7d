package io.bookstore.console.service;

/** The unit of a chart. */
enum Unit {
    COUNT("count"),
    PER_SECOND("perSecond"),
    SECONDS("seconds"),
    USD("usd"),
    USD_PER_MINUTE("usdPerMinute"),
    BYTES("bytes"),

    /** Above 0 while something is open. */
    OPEN("open");

    private final String text;

    Unit(String text) {
        this.text = text;
    }

    /** The word in the API. */
    String text() {
        return text;
    }

    /** The factor that makes the increase of a counter in a second one of this unit. */
    double perSecond() {
        return this == USD_PER_MINUTE ? 60 : 1;
    }
}
