package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.testing.HelpdeskService;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles of a descriptor: which plain operations each kind of user asks, and how often. */
class RolesTest {

    private static final String HELPDESK = """
            name: helpdesk
            baseUrl: http://localhost:9
            paid: false
            health: { method: GET, path: /healthz }
            items: { values: [{ title: Moby-Dick }] }
            operations:
              browse: { method: GET, path: /api/tickets }
              search: { method: GET, path: "/api/tickets?q={word}" }
              create: { method: POST, path: /api/tickets, expect: 201 }
              escalate: { method: POST, path: "/api/tickets/{title}/escalation", expect: 201 }
              summary: { method: POST, path: /open/chat, body: { question: "{title}?" } }
            roles:
              agent: { search: 3, escalate: 1 }
              clerk: { create: 1 }
            """;

    @RegisterExtension
    static final HelpdeskService helpdesk = HelpdeskService.start();

    @TempDir
    private Path folder;

    @Test
    void eachRoleAsksItsOperationsAloneOnesOfTheDescriptorsOwnNameToo() throws Exception {
        List<String> asked = asked(HELPDESK);

        assertThat(asked).hasSize(200);
        assertThat(asked.stream().filter("POST /api/tickets"::equals)).hasSize(100);
        assertThat(asked)
                .contains("GET /api/tickets?q=Moby", "POST /api/tickets/Moby-Dick/escalation")
                .doesNotContain("GET /api/tickets");
    }

    @Test
    void withoutRolesUsersAreReadersLibrariansAndManagers() throws Exception {
        List<String> asked = asked(HELPDESK.substring(0, HELPDESK.indexOf("roles:")));

        assertThat(asked)
                .contains("GET /api/tickets", "GET /api/tickets?q=Moby", "POST /api/tickets")
                .doesNotContain("POST /api/tickets/Moby-Dick/escalation");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            search: 3    | serch: 3   | line 13: roles.agent.serch is no operation that a role can ask; known are browse, search, create, escalate: describe it under operations, or correct its name.
            search: 3    | search: 0  | line 13: roles.agent.search has the weight 0: write a whole number from 1 to 100.
            search: 3    | search: 1.5 | line 13: roles.agent.search has the weight 1.5: write a whole number from 1 to 100.
            create: 1    | summary: 1 | line 14: roles.clerk.summary asks the model, on which LLM_PERCENTAGE decides: leave it out.
            { create: 1 } | {}        | line 14: roles.clerk does nothing: write an operation and its weight, such as { browse: 5 }.
            { create: 1 } | create    | line 14: roles.clerk does nothing
            """)
    void mistakeIsNamedByItsLineBeforeTheLoadStarts(String sound, String mistaken, String sentence) throws Exception {
        assertThat(HelpdeskRuns.refusal("scenarios/mixed-workload.js", HELPDESK.replace(sound, mistaken), folder))
                .contains(sentence);
    }

    /** The requests for tickets, without their bodies. */
    private List<String> asked(String descriptor) throws Exception {
        HelpdeskRuns.of(HelpdeskRuns.acting(200), descriptor, helpdesk, folder);
        return helpdesk.requests();
    }
}
