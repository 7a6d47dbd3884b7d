package io.bookstore.perf.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerFileTest {

    private static final String ANSWER = """
            {
              "schemaVersion": 1,
              "durationScale": 0.1,
              "sentence": "Serves 12 guests.",
              "figures": [{ "name": "guests", "value": 12, "unit": "" }],
              "sections": [
                { "kind": "table", "title": "Guests", "columns": [{ "label": "name" }, { "label": "wait", "unit": "ms" }], "rows": [["Ann", 3.5], ["Bob", null]] },
                { "kind": "curve", "title": "Wait", "x": { "label": "guests" }, "y": { "label": "wait", "unit": "ms" }, "series": [{ "label": "p95", "points": [[1, 2], [2, 3]] }] },
                { "kind": "bands", "title": "Phases", "bands": [{ "label": "tea", "startSeconds": 0, "endSeconds": 60 }] },
                { "kind": "matrix", "title": "Orders", "rowLabel": "asked", "columnLabel": "got", "columns": ["tea", "milk"], "rows": [{ "label": "tea", "expected": ["tea"], "cells": [12, null] }] }
              ]
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void folderWithoutAnAnswerHasNone() throws IOException {
        assertThat(AnswerFile.read(folder)).isEmpty();
    }

    @Test
    void answerIsReadAsItIsWritten() throws IOException {
        write(ANSWER);

        Answer answer = AnswerFile.read(folder).orElseThrow();

        assertThat(answer.sentence()).isEqualTo("Serves 12 guests.");
        assertThat(answer.figures()).containsExactly(new Answer.Figure("guests", 12, ""));
        assertThat(answer.durationScale()).isEqualTo(0.1);
        assertThat(answer.note()).isNull();
        assertThat(answer.sections()).extracting(Section::title).containsExactly("Guests", "Wait", "Phases", "Orders");
        assertThat(((Section.Table) answer.sections().get(0)).rows().get(0)).containsExactly("Ann", 3.5);
        assertThat(((Section.Table) answer.sections().get(0)).rows().get(1)).containsExactly("Bob", null);
        assertThat(answer.bands()).containsExactly(new Section.Band("tea", 0, 60, ""));
        assertThat(((Section.Matrix) answer.sections().get(3)).rows())
                .containsExactly(new Section.Row("tea", List.of("tea"), Arrays.asList(12L, null)));
    }

    @Test
    void exampleOfThePageIsAnAnswer() throws IOException {
        String page = Files.readString(Checkout.root().resolve("perf-scenarios/docs/answers.md"));
        int begin = page.indexOf("    {\n");
        write(page.substring(begin, page.indexOf("\n    }\n", begin) + "\n    }\n".length()));

        assertThat(AnswerFile.read(folder).orElseThrow().sections()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "schemaVersion": 1          | "schemaVersion": 2             | schemaVersion must be 1, was 2
            "Serves 12 guests."         | " "                            | sentence must be a text that is not blank
            "value": 12,                | "value": "many",               | figures[0].value: Cannot deserialize value of type `double` from String "many"
            "value": 12,                | "value": null,                 | figures[0].value: Cannot map `null` into type `double`
            "name": "guests",           | "name": "", "value": 1,        | figures[0]: name must be a text that is not blank
            "figures": [                | "figures": [{ "name": "a", "value": 1 }, { "name": "a", "value": 1 }, { "name": "a", "value": 1 }, | there may be at most 3 figures, there were 4
            ["Bob", null]               | ["Bob"]                        | sections[0]: a row must have 2 cells, one for each column, had 1
            ["Bob", null]               | ["Bob", [1]]                   | sections[0]: a cell must be a number, a text or null, was [1]
            "kind": "table"             | "kind": "pie"                  | sections[0]: Could not resolve type id 'pie'
            [[1, 2], [2, 3]]            | [[2, 2], [1, 3]]               | sections[1].series[0]: points must be in the order of x, [1.0, 3.0] is not
            [[1, 2], [2, 3]]            | [[1, 2, 3]]                    | sections[1].series[0]: a point must be a pair [x, y], was [1.0, 2.0, 3.0]
            "endSeconds": 60            | "endSeconds": -1               | sections[2].bands[0]: a band must end after it starts, and not start before 0, was 0.0 to -1.0
            "endSeconds": 60            | "endSeconds": 60, "tone": "x"  | sections[2].bands[0]: tone must be bad or left out, was "x"
            "cells": [12, null]         | "cells": [12]                  | sections[3]: a row must have 2 cells, one for each column, had 1
            "title": "Guests"           | "title": "Guests", "titel": "" | sections[0].titel: Unrecognized field "titel"
            "sentence":                 | "note": "n", "sentence":       | note is not for a script to write
            "sentence":                 | sentence:                      | it is no JSON: Unexpected character ('s'
            """)
    void answerThatIsNotAsTheSchemaSaysIsRefusedByKeyAndRule(String text, String instead, String sentence)
            throws IOException {
        assertThat(ANSWER).contains(text);
        write(ANSWER.replace(text, instead));

        assertThatThrownBy(() -> AnswerFile.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(sentence)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``        | it must be an object
            []        | it must be an object
            null      | it must be an object
            {} {}     | Trailing token
            {         | it is no JSON: Unexpected end-of-input
            """)
    void fileThatIsNoObjectIsRefused(String content, String sentence) throws IOException {
        write(content);

        assertThatThrownBy(() -> AnswerFile.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(sentence);
    }

    private void write(String answer) throws IOException {
        Files.writeString(folder.resolve("answer.json"), answer);
    }
}
