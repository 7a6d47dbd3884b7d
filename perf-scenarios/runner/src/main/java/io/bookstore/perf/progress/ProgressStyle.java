package io.bookstore.perf.progress;

import java.nio.charset.Charset;
import java.util.Map;

/**
 * The means by which progress may be drawn.
 *
 * @param inPlace whether lines can be overwritten
 * @param colour  whether escape sequences for colour are welcome
 * @param unicode whether more than ASCII can be shown
 */
public record ProgressStyle(boolean inPlace, boolean colour, boolean unicode) {

    /**
     * Reads the style that the environment asks for: {@code NO_COLOR} (no-color.org) and {@code TERM=dumb} are respected.
     *
     * @param terminal whether standard output is a terminal
     */
    public static ProgressStyle detect(boolean terminal, Map<String, String> environment, Charset charset) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean inPlace = terminal && !dumb;
        return new ProgressStyle(
                inPlace, inPlace && !noColour, charset.newEncoder().canEncode('█'));
    }

    public String green(String text) {
        return coloured("32", text);
    }

    public String red(String text) {
        return coloured("31", text);
    }

    public String dim(String text) {
        return coloured("2", text);
    }

    public String bold(String text) {
        return coloured("1", text);
    }

    private String coloured(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
