package io.bookstore.simulator.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that a file may say, and one sentence with line and remedy for everything that it may not. */
class AnswersYamlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `` | line 1: there is nothing; write rules: and a rule under it
            nonsense | line 1: the answers must be a mapping of keys and values; write each key: value on its own line
            rules: [ | line 1: this is not YAML (expected the node content, but found '<stream end>'); correct the line, or the one before it
            rulez: [] | line 1: unknown key "rulez" of the answers; use strict, rules
            rules: [] | line 1: rules must be a list of at least one; begin each item with "- "
            rules: {a: 1} | line 1: rules must be a list of at least one; begin each item with "- "
            strict: maybe | line 1: strict of the answers must be true or false, was "maybe"
            rules:#- text | line 2: a rule must be a mapping of keys and values; write each key: value on its own line
            rules:#- match: {turn: 1} | line 2: a rule needs response, or a list of responses; write one of the two
            rules:#- response: {}#  responses: [{}] | line 2: a rule needs response, or a list of responses; write one of the two
            rules:#- responses: [] | line 2: responses must be a list of at least one; begin each item with "- "
            rules:#- {name: a, match: {turn: 1}, response: {}}#- {name: a, match: {turn: 2}, response: {}} | line 3: a rule before this one has the name "a"; change one
            rules:#- name: ""#  response: {} | line 2: name must not be empty
            rules:#- name: a#  name: b#  response: {} | line 3: the key "name" of a rule is there twice; remove one
            rules:#- match: {user: 1}#  response: {} | line 2: unknown key "user" of match; use model, prompt, turn, tool, toolResult, header, body
            rules:#- match: {turn: 0}#  response: {} | line 2: turn must be >= 1, was 0
            rules:#- match: {turn: first}#  response: {} | line 2: turn of match must be a whole number, was "first"
            rules:#- match: {prompt: [a]}#  response: {} | line 2: prompt must be a mapping of keys and values; write each key: value on its own line
            rules:#- match: {prompt: {}}#  response: {} | line 2: prompt needs one of equals, contains and pattern
            rules:#- match: {prompt: {equals: a, contains: b}}#  response: {} | line 2: prompt needs one of equals, contains and pattern
            rules:#- match: {prompt: {equals: [a]}}#  response: {} | line 2: equals must be a text
            rules:#- match: {prompt: {pattern: "(a"}}#  response: {} | line 2: The pattern "(a" is no regular expression: Unclosed group
            rules:#- match: {header: a}#  response: {} | line 2: header must be a mapping of keys and values; write each key: value on its own line
            rules:#- match: {header: {a: 1, A: 2}}#  response: {} | line 2: header a has two conditions; give it one
            rules:#- match: {header: {" ": 1}}#  response: {} | line 2: The name of a header must not be empty
            rules:#- match: {body: {"user": a}}#  response: {} | line 2: The JSON path "user" cannot be read; begin with $ and go on with .name, ['name'], [0], [-1], [*], .* or ..name
            rules:#- match: {body: {"$[?(@.a)]": a}}#  response: {} | line 2: The JSON path "$[?(@.a)]" cannot be read; begin with $ and go on with .name, ['name'], [0], [-1], [*], .* or ..name
            rules:#- response: text | line 2: a response must be a mapping of keys and values; write each key: value on its own line
            rules:#- response: {text: a} | line 2: unknown key "text" of a response; use content, toolCalls, usage, latency, fault
            rules:#- response:#    content: a#    toolCalls: [{name: b}] | line 3: a response has content or toolCalls, and this one has both; leave one out
            rules:#- response: {content: "{{user}}"} | line 2: There is no template {{user}}; use {{model}}, {{prompt}}, {{turn}}, {{tool}}, {{toolResult}}, {{header NAME}}, {{body $.PATH}}, or \\{{ for two braces
            rules:#- response: {toolCalls: [{name: a, arguments: {b: ["{{header}}"]}}]} | line 2: There is no template {{header}}; use {{model}}, {{prompt}}, {{turn}}, {{tool}}, {{toolResult}}, {{header NAME}}, {{body $.PATH}}, or \\{{ for two braces
            rules:#- response: {toolCalls: [{arguments: {}}]} | line 2: a tool call needs the name of its tool
            rules:#- response: {toolCalls: [{name: " "}]} | line 2: name of a tool must not be empty
            rules:#- response: {toolCalls: [{name: a, arguments: [1]}]} | line 2: arguments must be a mapping of names and values
            rules:#- response:#    usage: {inputTokens: -1} | line 3: usage.inputTokens must be >= 0, was -1
            rules:#- response:#    usage: {outputTokens: 1.5} | line 3: outputTokens of usage must be a whole number, was "1.5"
            rules:#- response:#    latency: {ttftMs: -1} | line 3: latency.ttftMs must be from 0 to 86400000 (a day), was -1.0
            rules:#- response:#    latency: {tokenMs: soon} | line 3: tokenMs of latency must be a number, was "soon"
            rules:#- response:#    content: a#    fault: 500 | line 3: fault 500 refuses the request, so that what it would answer is never sent; leave one out
            rules:#- response:#    content: a#    fault: empty-answer | line 3: fault empty-answer is an answer itself; leave out content and toolCalls
            rules:#- &a {response: {}}#- *a | line 3: *a repeats another part, which rules cannot; write the part out
            """)
    void whatIsWrongIsToldWithLineAndRemedy(String text, String sentence) {
        assertThatThrownBy(() -> AnswersYaml.parse(text.replace('#', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void fileThatIsNoPlainTextIsToldSo() {
        assertThatThrownBy(() -> AnswersYaml.parse("rules:\n- name: a\0b"))
                .hasMessage("line 2: the character of code 0 is not allowed in YAML; remove it");
        assertThatThrownBy(() -> AnswersYaml.parse("a".repeat(4_000_000)))
                .hasMessage("line 1: this YAML cannot be read (it has 4000000 characters, and may have 3145728);"
                        + " make it shorter");
        assertThatThrownBy(() -> AnswersYaml.parse("[".repeat(60) + "]".repeat(60)))
                .hasMessageStartingWith("line 1: this YAML cannot be read (")
                .hasMessageEndingWith("); make it shorter");
    }

    @Test
    void unknownFaultIsToldWithTheKnownOnes() {
        assertThatThrownBy(() -> AnswersYaml.parse("rules:\n- response:\n    fault: 999"))
                .hasMessageStartingWith("line 3: There is no fault \"999\"; use 400, 401,");
    }

    @Test
    void fileIsNamed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("answers.yaml"), "rules:\n- {}");

        assertThatThrownBy(() -> AnswersYaml.read(file))
                .hasMessage(file + ", line 2: a rule needs response, or a list of responses; write one of the two");
        assertThatThrownBy(() -> AnswersYaml.read(folder.resolve("gone.yaml")))
                .hasMessage("Cannot read the answers in " + folder.resolve("gone.yaml")
                        + ": correct --answers, or leave it out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                      | {turn: 1}                                            | true
            {prompt: {contains: weather}}           | {prompt: {contains: the weather}, model: gpt-4o}     | true
            {prompt: {contains: weather}}           | {prompt: weather in Paris}                           | true
            {prompt: {pattern: "^wea"}}             | {prompt: weather}                                    | true
            {prompt: {pattern: "^wea"}}             | {prompt: {pattern: "^wea"}}                          | true
            {prompt: weather}                       | {prompt: weather}                                    | true
            {header: {X-A: 1}}                      | {header: {x-a: 1, b: 2}}                             | true
            {body: {"$.a": {contains: b}}}          | {body: {"$.a": bc}}                                  | true
            {prompt: {contains: weather}}           | {model: gpt-4o}                                      | false
            {prompt: {contains: weather}, turn: 1}  | {prompt: {contains: weather}}                        | false
            {prompt: {contains: weather}, turn: 1}  | {prompt: {contains: weather}, turn: 2}               | false
            {prompt: {contains: the weather}}       | {prompt: {contains: weather}}                        | false
            {prompt: {contains: weather}}           | {prompt: {pattern: weather}}                         | false
            {prompt: {pattern: "^wea"}}             | {prompt: {contains: wea}}                            | false
            {header: {x-a: 1}}                      | {header: {x-b: 1}}                                   | false
            """)
    void ruleThatCanNeverMatchIsLeftOut(String earlier, String later, boolean never) {
        Answers answers = AnswersYaml.parse("rules:\n- name: wide\n  match: " + earlier
                + "\n  response: {}\n- name: narrow\n  match: " + later + "\n  response: {}");

        assertThat(answers.rules()).hasSize(never ? 1 : 2);
        assertThat(answers.warnings()).hasSize(never ? 1 : 0);
        if (never) {
            assertThat(answers.warnings().get(0))
                    .isEqualTo(
                            "line 5: rule \"narrow\" is left out, as it can never match: rule \"wide\" (line 2) takes all"
                                    + " its requests; move it before that one, or give that one more conditions");
        }
    }

    @Test
    void valuesAreThoseOfJson() throws Exception {
        Answers answers = AnswersYaml.parse("""
                rules:
                  - response:
                      toolCalls:
                        - name: search
                          arguments:
                            country: no
                            at: 12:30
                            zip: "01234"
                            day: 2026-01-01
                            count: 5
                            long: 12345678901234567890
                            share: 1.5e-1
                            exact: true
                            none: null
                            list: [1, two, {three: 3}]
                """);

        Response.Call call =
                answers.rules().get(0).responses().get(0).toolCalls().get(0);

        assertThat(call.arguments()).isEqualTo(new ObjectMapper().readTree("""
                {"country":"no","at":"12:30","zip":"01234","day":"2026-01-01","count":5,"long":12345678901234567890,
                 "share":0.15,"exact":true,"none":null,"list":[1,"two",{"three":3}]}"""));
    }

    @Test
    void textIsTakenAsItIsWritten() {
        Answers answers = AnswersYaml.parse("rules:\n- response: {content: no}\n");

        assertThat(Objects.requireNonNull(
                                answers.rules().get(0).responses().get(0).content())
                        .asText())
                .isEqualTo("no");
    }
}
