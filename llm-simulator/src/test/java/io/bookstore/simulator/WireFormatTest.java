package io.bookstore.simulator;

import static io.bookstore.simulator.MainClasses.mainClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.bookstore.simulator.wire.WireFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tests that are the same for all wire formats leave none out: a format without a case is named here. */
class WireFormatTest {

    // Its client is the AWS SDK's: OfficialClientsTest.
    private static final String WITHOUT_LANGCHAIN4J = "bedrock";

    @Test
    void answersOfEveryFormatAreKept() {
        assertThat(Stream.of(Dialect.values()).map(Dialect::provider).collect(Collectors.toSet()))
                .as("Dialect has a constant for each package with a format")
                .isEqualTo(formats());
    }

    @ParameterizedTest
    @EnumSource
    void requestInADialectReachesItsFormat(Dialect dialect) throws Exception {
        try (SimulatorServer server =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"))) {
            String path = dialect.path(dialect.model(), false);

            String answer = new RawHttp(server.baseUrl())
                    .post(path, dialect.body(dialect.model(), false, 16, "Summarize Emma"));

            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(server.journal().attempts())
                    .extracting(attempt -> attempt.asked().provider())
                    .containsExactly(dialect.provider());
        }
    }

    @Test
    void everyFormatIsReadByLangChain4j() {
        Set<String> read = Stream.of(LangChain4jClientsTest.Provider.values())
                .map(LangChain4jClientsTest.Provider::journalName)
                .collect(Collectors.toCollection(TreeSet::new));
        read.add(WITHOUT_LANGCHAIN4J);

        assertThat(read)
                .as("LangChain4jClientsTest.Provider has a constant for each format")
                .isEqualTo(formats());
    }

    @Test
    void everyFormatHasItsRoutesInTheReadme() throws Exception {
        String page = Files.readString(Path.of("README.md"));

        assertThat(formats())
                .allSatisfy(
                        name -> assertThat(page).containsPattern("(?im)^\\|[^|]*\\b" + name + "\\b[^|]*\\| `POST /"));
    }

    /** The names of the formats, which are those of their packages. */
    private static Set<String> formats() {
        return mainClasses.stream()
                .filter(type -> type.isAssignableTo(WireFormat.class) && !type.isInterface())
                .map(JavaClass::getPackageName)
                .map(name -> name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
