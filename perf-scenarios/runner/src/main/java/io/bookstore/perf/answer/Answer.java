package io.bookstore.perf.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run in the words of its scenario, as {@value AnswerFile#NAME} has it.
 *
 * @param sentence      one sentence, such as {@code Holds 60 summaries a minute; at 120 the p95 is 11.4 s, the limit 8 s.}
 * @param figures       at most three, the most important first
 * @param sections      tables and charts in their order on the page
 * @param durationScale factor on stages and pauses of this run; null if the script does not say
 * @param note          the reason why the script's own answer was left out; null if it was not
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Answer(
        String sentence,
        List<Figure> figures,
        List<Section> sections,
        @Nullable Double durationScale,
        @Nullable String note) {

    private static final int MOST_FIGURES = 3;
    private static final int MOST_SECTIONS = 20;
    private static final int LONGEST_SENTENCE = 500;

    public Answer {
        Rules.text("sentence", sentence);
        Rules.atMost("characters in sentence", sentence.length(), LONGEST_SENTENCE);
        figures = Rules.list(figures);
        sections = Rules.list(sections);
        Rules.atMost("figures", figures.size(), MOST_FIGURES);
        Rules.atMost("sections", sections.size(), MOST_SECTIONS);
    }

    public static Answer of(String sentence, List<Figure> figures) {
        return new Answer(sentence, figures, List.of(), null, null);
    }

    /** The same answer, beside the reason why the script's own was left out. */
    public Answer noting(String reason) {
        return new Answer(sentence, figures, sections, durationScale, reason);
    }

    /** The phases of the run that its charts show as bands; empty if the script names none. */
    public List<Section.Band> bands() {
        return sections.stream()
                .filter(Section.Bands.class::isInstance)
                .flatMap(section -> ((Section.Bands) section).bands().stream())
                .toList();
    }

    /** @param unit {@code ms}, {@code s}, {@code %}, {@code USD} or any word that follows a number; empty for none */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Figure(String name, double value, String unit) {
        public Figure {
            Rules.text("name", name);
            Rules.finite("value", value);
            unit = Rules.orEmpty(unit);
        }
    }
}
