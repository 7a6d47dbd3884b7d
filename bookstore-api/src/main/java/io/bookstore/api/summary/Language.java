package io.bookstore.api.summary;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells the language of a text by its most frequent small words.
 *
 * <p>A rule of thumb, not a detector: it tells five languages apart in a text of some length, which is enough to notice a
 * model that changes its language. It knows nothing of a text of fewer than {@value #FEWEST_WORDS} words.
 */
final class Language {

    /** The answer where there is none. */
    static final String UNKNOWN = "unknown";

    private static final int FEWEST_WORDS = 8;
    // In running text about four words of ten are small words; a tenth leaves room for names and lists.
    private static final double LEAST_SHARE = 0.1;

    private static final Map<String, Set<String>> SMALL_WORDS = new TreeMap<>(Map.of(
            "en",
            words("the of and to in that is it for with as was on by his her their who from at an this into they but"
                    + " not"),
            "de",
            words("der die das und in den von zu mit sich des auf ist im dem nicht ein eine als auch es an aus er sie"),
            "fr",
            words("le la les de des et un une du en que qui dans est pour par sur au avec se son sa ses il elle"),
            "es",
            words("el la los las de del y un una en que es por con para su sus al lo se como entre donde una más"),
            "it",
            words("il lo la gli le di del della e un una in che è per con non si su da al dei suo sua come")));

    // The same by word: one look-up for each word of a text, whatever the number of languages.
    private static final Map<String, List<String>> LANGUAGES = SMALL_WORDS.values().stream()
            .flatMap(Set::stream)
            .distinct()
            .collect(Collectors.toUnmodifiableMap(word -> word, Language::withSmallWord));

    private Language() {}

    /** The ISO 639-1 code of the likeliest one of {@link #known()}, or {@value #UNKNOWN}. */
    static String of(List<String> words) {
        if (words.size() < FEWEST_WORDS) {
            return UNKNOWN;
        }
        String best = UNKNOWN;
        double most = LEAST_SHARE * words.size();
        for (Map.Entry<String, Integer> language : counts(words).entrySet()) {
            if (language.getValue() > most) {
                most = language.getValue();
                best = language.getKey();
            }
        }
        return best;
    }

    private static Map<String, Integer> counts(List<String> words) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String word : words) {
            for (String language : LANGUAGES.getOrDefault(word, List.of())) {
                counts.merge(language, 1, Integer::sum);
            }
        }
        return counts;
    }

    /** The languages it can tell. */
    static Set<String> known() {
        return SMALL_WORDS.keySet();
    }

    private static List<String> withSmallWord(String word) {
        return SMALL_WORDS.entrySet().stream()
                .filter(language -> language.getValue().contains(word))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Set<String> words(String text) {
        return Set.copyOf(List.of(text.split(" ", -1)));
    }
}
