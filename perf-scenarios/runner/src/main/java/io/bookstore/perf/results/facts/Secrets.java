package io.bookstore.perf.results.facts;

import io.bookstore.perf.metrics.UrlCredentials;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Recognises variables that a report, which goes from hand to hand, must not show. */
public final class Secrets {

    /** Stands in the place of a secret. */
    public static final String MASK = "***";

    // A word of the name; INPUT_TOKENS and KEYBOARD are none.
    private static final Pattern name = Pattern.compile(
            "(^|[_-])(api_?key|key|token|jwt|secret|password|passwd|pwd|auth|authorization|bearer|credentials?|cookie)([_-]|$)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern value =
            Pattern.compile("^(Bearer |Basic |sk-|ghp_|github_pat_|glpat-|xox[abp]-|AKIA|AIza|eyJ).*", Pattern.DOTALL);

    private Secrets() {}

    /** Returns whether the variable's name, or the form of its value, says that it is a secret. */
    public static boolean isSecret(String variable, String text) {
        return !text.isEmpty()
                && (name.matcher(variable).find() || value.matcher(text).matches());
    }

    /** The variables with {@value #MASK} for each secret, and without user and password in an address. */
    public static Map<String, String> masked(Map<String, String> variables) {
        Map<String, String> shown = new TreeMap<>();
        variables.forEach(
                (variable, text) -> shown.put(variable, isSecret(variable, text) ? MASK : UrlCredentials.masked(text)));
        return shown;
    }
}
