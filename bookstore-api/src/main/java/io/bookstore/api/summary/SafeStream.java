package io.bookstore.api.summary;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives a client the pieces of an answer as the plain text that {@link SafeText} makes of the whole: together they are
 * that text, however the answer was cut.
 *
 * <p>What may be the beginning of markup waits until the next pieces tell. What they do not tell, as of a tag within a
 * tag, waits for the end.
 */
final class SafeStream implements Consumer<String> {

    /** The begin of markup, or of text that becomes markup when something is taken out behind it. */
    private static final Pattern OPENING = Pattern.compile("[<\\[]|!(?=[<\\[]|\\z)");

    // Whatever follows, these are what they are; to match the end of the text would be to guess.
    private static final Pattern TAG = Pattern.compile("<[a-zA-Z/!?][^<>]*>");
    private static final Pattern LINK = Pattern.compile("!?\\[([^\\[\\]<>]*)]\\([^()\\[\\]<>]*\\)");
    private static final Pattern LITERAL =
            Pattern.compile("<(?=[^a-zA-Z/!?<\\[])|!?\\[[^\\[\\]<>]*](?=[^(<!\\[])", Pattern.DOTALL);

    private final Consumer<String> client;
    private final StringBuilder shown = new StringBuilder();
    private String half = "";
    private String pending = "";
    private String gap = "";
    private String last = "";
    private int written;
    private int cleaned;

    SafeStream(Consumer<String> client) {
        this.client = client;
    }

    @Override
    public void accept(String piece) {
        written += piece.length();
        if (written <= SafeText.MAX_WRITTEN) {
            String text = pending + SafeText.withoutControl(whole(piece));
            StringBuilder settled = new StringBuilder();
            int end = settle(text, settled);
            pending = text.substring(end);
            show(apart(settled.toString()));
        }
    }

    /**
     * Gives what has waited.
     *
     * @param text the whole answer as {@link SafeText} returns it
     */
    void finish(String text) {
        if (text.startsWith(shown.toString()) && text.length() > shown.length()) {
            client.accept(text.substring(shown.length()));
        }
    }

    /** Joins the piece with the half of a character that came last, and keeps back a half at its own end. */
    private String whole(String piece) {
        String text = half + piece;
        int end = text.length();
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        half = text.substring(end);
        return text.substring(0, end);
    }

    /** Appends what is certain, without its markup, and returns where the rest begins. */
    private static int settle(String text, StringBuilder settled) {
        Matcher opening = OPENING.matcher(text);
        int at = 0;
        while (opening.find(at)) {
            settled.append(text, at, opening.start());
            at = opening.start();
            Matcher markup = at(at, TAG.matcher(text));
            Matcher link = at(at, LINK.matcher(text));
            Matcher literal = at(at, LITERAL.matcher(text));
            if (markup.lookingAt()) {
                at = markup.end();
            } else if (link.lookingAt()) {
                settled.append(link.group(1));
                at = link.end();
            } else if (literal.lookingAt()) {
                settled.append(literal.group());
                at = literal.end();
            } else {
                return at;
            }
        }
        settled.append(text, at, text.length());
        return text.length();
    }

    private static Matcher at(int start, Matcher matcher) {
        return matcher.region(start, matcher.regionEnd());
    }

    /** Puts spaces as {@link SafeText} does, where the neighbour may have come with an earlier piece. */
    private String apart(String settled) {
        String text = SafeText.apart(last + settled).substring(last.length());
        if (!settled.isEmpty()) {
            last = settled.substring(settled.length() - 1);
        }
        return text;
    }

    /** Trims both ends and stops at {@code MAX_LENGTH}, exactly as {@link SafeText} does for a complete answer. */
    private void show(String settled) {
        String text = gap + SafeText.bounded(settled, Math.max(0, SafeText.MAX_LENGTH - cleaned));
        cleaned += settled.length();
        String begun = shown.isEmpty() ? text.stripLeading() : text;
        String piece = begun.stripTrailing();
        gap = begun.substring(piece.length());
        if (!piece.isEmpty()) {
            shown.append(piece);
            client.accept(piece);
        }
    }
}
