package io.bookstore.console.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.console.runs.RunRecord.Owner;
import io.bookstore.testing.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lock of a folder of reports, with other processes that hold it. */
class RunLockTest {

    @TempDir
    private Path reports;

    @Test
    void lockOfAnotherProcessIsTakenAfterItsEnd() throws Exception {
        RunLock lock = new RunLock(reports);
        Process other = otherConsole("ai-load-1");

        assertThat(lock.take("ai-smoke-1"))
                .hasValue("waiting for the end of ai-load-1, which another console has started (process " + other.pid()
                        + ")");

        other.destroyForcibly().waitFor();
        assertThat(lock.take("ai-smoke-1")).isEmpty();
        lock.release();
    }

    @Test
    void runOfAConsoleThatWasKilledHasTheLockUntilItsProcessEnds() throws Exception {
        RunLock lock = new RunLock(reports);
        Process run = new ProcessBuilder(Program.orSkip("sh", "dash").path().toString(), "-c", "read end").start();
        leaveLock(run.toHandle());

        assertThat(lock.take("ai-smoke-1"))
                .hasValue("waiting for the end of ai-load-1, which another console has started (process 1)");

        run.getOutputStream().close();
        run.waitFor();
        assertThat(lock.take("ai-smoke-1")).isEmpty();
        lock.release();
    }

    @Test
    void secondConsoleOfTheSameProcessWaitsToo() {
        RunLock first = new RunLock(reports);
        RunLock second = new RunLock(reports);

        assertThat(first.take("ai-load-1")).isEmpty();
        assertThat(second.take("ai-smoke-1")).isPresent();

        first.release();
        assertThat(second.take("ai-smoke-1")).isEmpty();
        second.release();
    }

    /** On POSIX a process loses its locks on a file when it closes any channel of that file. */
    @Test
    void consoleThatWaitsInTheSameProcessCostsTheOtherNoLock() throws Exception {
        RunLock first = new RunLock(reports);
        Path link = Files.createSymbolicLink(reports.resolveSibling(reports.getFileName() + "-link"), reports);
        Process third = null;
        try {
            assertThat(first.take("ai-load-1")).isEmpty();
            assertThat(new RunLock(reports).take("ai-smoke-1")).isPresent();
            assertThat(new RunLock(link).take("ai-smoke-2"))
                    .hasValue("waiting for the end of ai-load-1, which another console has started (process "
                            + ProcessHandle.current().pid() + ")");

            third = console("ai-smoke-3");
            assertThat(answerOf(third))
                    .isEqualTo("waiting for the end of ai-load-1, which another console has started (process "
                            + ProcessHandle.current().pid() + ")");
        } finally {
            if (third != null) {
                third.destroyForcibly();
            }
            first.release();
            Files.delete(link);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"run\":", "null", "{}", "{\"run\":\"ai-load-1\"}"})
    void fileThatIsBrokenHoldsNothing(String text) throws Exception {
        Files.writeString(reports.resolve("console.lock"), text);
        RunLock lock = new RunLock(reports);

        assertThat(lock.take("ai-smoke-1")).isEmpty();
        lock.release();
    }

    @Test
    void parentOfALinkIsThatOfItsTarget() throws Exception {
        Path folder = Files.createDirectories(reports.resolve("elsewhere/reports"));
        Path target = Files.createDirectories(reports.resolve("elsewhere/target"));
        Path link = Files.createSymbolicLink(reports.resolve("link"), target);
        RunLock lock = new RunLock(link.resolve("../reports"));

        assertThat(lock.take("ai-load-1")).isEmpty();

        assertThat(folder.resolve("console.lock")).exists();
        assertThat(reports.resolve("reports")).doesNotExist();
        lock.release();
    }

    /** A folder in the place of the file refuses the lock as a file system without locks does. */
    @Test
    void consolesOfOneProcessWaitForEachOtherWhereNothingCanBeLocked() throws Exception {
        Files.createDirectory(reports.resolve("console.lock"));
        RunLock first = new RunLock(reports);
        RunLock second = new RunLock(reports);

        assertThat(first.take("ai-load-1")).isEmpty();
        assertThat(second.take("ai-smoke-1")).isPresent();

        first.release();
        assertThat(second.take("ai-smoke-1")).isEmpty();
        second.release();
    }

    /** Leaves the file as a console does that is killed while its run goes on. */
    private void leaveLock(ProcessHandle run) throws IOException {
        new ObjectMapper()
                .writeValue(
                        reports.resolve("console.lock").toFile(),
                        new RunLock.Holder("ai-load-1", new Owner(1, 1L), Owner.of(run)));
    }

    private Process otherConsole(String run) throws IOException {
        Process other = console(run);
        assertThat(answerOf(other)).isEqualTo("taken");
        return other;
    }

    private Process console(String run) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherConsole.class.getName(),
                        reports.toString(),
                        run)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String answerOf(Process console) throws IOException {
        BufferedReader lines = console.inputReader(StandardCharsets.UTF_8);
        return lines.readLine();
    }

    /** Takes the lock in a process of its own and keeps it until its input ends. */
    static final class OtherConsole {

        private OtherConsole() {}

        public static void main(String[] arguments) throws IOException {
            RunLock lock = new RunLock(Path.of(arguments[0]));
            System.out.println(lock.take(arguments[1]).orElse("taken"));
            System.out.println(System.in.read());
            lock.release();
        }
    }
}
