package io.bookstore.simulator.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The formats of strings that are drawn and checked; any other is a note to the reader, as in JSON Schema. */
enum TextFormat {
    DATE("[0-9]{4}-[0-9]{2}-[0-9]{2}") {
        @Override
        String draw(Drawing drawing, int least, int most) {
            return date(drawing);
        }

        @Override
        boolean accepts(String text) {
            return super.accepts(text) && isDate(text);
        }
    },
    DATE_TIME("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})") {
        @Override
        String draw(Drawing drawing, int least, int most) {
            return date(drawing) + "T" + time(drawing);
        }

        @Override
        boolean accepts(String text) {
            return super.accepts(text) && isDate(text.substring(0, 10));
        }
    },
    TIME("[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})") {
        @Override
        String draw(Drawing drawing, int least, int most) {
            return time(drawing);
        }
    },
    EMAIL("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+") {
        @Override
        String draw(Drawing drawing, int least, int most) {
            return padded(drawing, "", Words.name(drawing), "@example.com", least, most);
        }
    },
    UUID("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}") {
        @Override
        String draw(Drawing drawing, int least, int most) {
            long high = drawing.draw().next() & ~0xF000L | 0x4000L;
            long low = drawing.draw().next() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
            return new java.util.UUID(high, low).toString();
        }
    },
    URI("[A-Za-z][A-Za-z0-9+.-]*:[^\\s\"<>\\\\^`{|}]+") {
        @Override
        String draw(Drawing drawing, int least, int most) {
            return padded(drawing, "https://example.com/", Words.name(drawing), "", least, most);
        }
    },
    HOSTNAME("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*") {
        @Override
        String draw(Drawing drawing, int least, int most) {
            return Words.name(drawing) + ".example.com";
        }
    },
    IPV4("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.|$)){4}") {
        @Override
        String draw(Drawing drawing, int least, int most) {
            return "192.0.2." + drawing.between(1, 254);
        }
    },
    IPV6("[0-9a-fA-F:]{2,39}") {
        @Override
        String draw(Drawing drawing, int least, int most) {
            return "2001:db8::" + Integer.toHexString(drawing.between(1, 0xffff));
        }
    },
    DURATION("P(?=.)([0-9]+[YMWD])*(T([0-9]+[HMS])+)?") {
        @Override
        String draw(Drawing drawing, int least, int most) {
            return "PT" + drawing.between(1, 600) + "M";
        }
    };

    private final Pattern pattern;

    TextFormat(String regex) {
        this.pattern = Pattern.compile(regex);
    }

    /** The format of that name; null if it is not known. */
    static @Nullable TextFormat named(String name) {
        for (TextFormat format : values()) {
            if (format.text().equals(name)) {
                return format;
            }
        }
        return null;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A text of the format; its length is met where the format leaves it open. */
    abstract String draw(Drawing drawing, int least, int most);

    boolean accepts(String text) {
        return pattern.matcher(text).matches();
    }

    private static String date(Drawing drawing) {
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02d",
                drawing.between(1990, 2030),
                drawing.between(1, 12),
                drawing.between(1, 28));
    }

    private static String time(Drawing drawing) {
        return String.format(
                Locale.ROOT, "%02d:%02d:%02dZ", drawing.between(0, 23), drawing.between(0, 59), drawing.between(0, 59));
    }

    private static String padded(Drawing drawing, String before, String middle, String after, int least, int most) {
        StringBuilder text = new StringBuilder(middle);
        int fixed = before.length() + after.length();
        while (text.length() + fixed < least) {
            text.append(Words.name(drawing));
        }
        int room = Math.max(1, Math.min(text.length(), most - fixed));
        return before + text.substring(0, room) + after;
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
