package io.bookstore.perf.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class InterviewTest {

    private final List<String> questions = new ArrayList<>();

    @Test
    void answersMakeADescriptorAndEmptyOnesTakeTheDefault() {
        DescriptorDraft draft = interview(
                "http://helpdesk.local:81/", "", "/v1/{tenant}/ask", "{\"q\": \"{title}?\"}", "", "acme", "Emma");

        assertThat(questions)
                .containsExactly(
                        "Base URL [http://localhost:8080]: ",
                        "Method [POST]: ",
                        "Path, with {name} for a value that changes [/]: ",
                        "Body as JSON, empty for none: ",
                        "Path of the text in the answer, such as choices.0.message.content [text]: ",
                        "Value of {tenant} [example]: ",
                        "Value of {title} [example]: ");
        assertThat(DescriptorYaml.of(draft))
                .contains("name: helpdesk-local\nbaseUrl: \"http://helpdesk.local:81\"\n")
                .contains("  - tenant: acme\n    title: Emma\n")
                .contains("    method: POST\n    path: \"/v1/{tenant}/ask\"\n")
                .contains("      q: \"{title}?\"\n")
                .endsWith("answer:\n  text: text\n");
    }

    @Test
    void answerThatCannotBeUsedIsNamedWithItsRule() {
        assertThatThrownBy(() -> interview("here"))
                .hasMessage("The base URL must be an http or https URL such as http://localhost:8080, was \"here\".");
        assertThatThrownBy(() -> interview("", "", "chat")).hasMessage("The path must begin with /, was \"chat\".");
        assertThatThrownBy(() -> interview("", "", "/chat", "{q}"))
                .hasMessageStartingWith("The body must be JSON: Unexpected character");
    }

    private DescriptorDraft interview(String... answers) {
        Queue<String> waiting = new ArrayDeque<>(List.of(answers));
        return new Interview(question -> {
                    questions.add(question);
                    return waiting.remove();
                })
                .draft(null);
    }
}
