package io.bookstore.api.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Command;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ParentWatchTest {

    @Test
    void endedProcessIsGone() throws Exception {
        Process parent = new ProcessBuilder("sleep", "600").start();
        assertThat(ParentWatch.isGone(parent.toHandle())).isFalse();

        parent.destroyForcibly().waitFor();

        assertThat(ParentWatch.isGone(parent.toHandle())).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void processIsThereThoughNoFileDescriptorIsLeftToLookAtIt() throws Exception {
        Command.Result child = Command.java(64, "-cp", System.getProperty("java.class.path"))
                .and(WithoutDescriptors.class.getName())
                .and(String.valueOf(ProcessHandle.current().pid()))
                .through("sh", "-c", "ulimit -n 256; exec \"$@\"", "sh")
                .run();

        assertThat(child.output().strip()).isEqualTo("the JDK finds it: false, gone: false");
    }

    /** Looks at a process after it has used up its own file descriptors. */
    static final class WithoutDescriptors {

        private WithoutDescriptors() {}

        public static void main(String[] args) throws IOException {
            long pid = Long.parseLong(args[0]);
            ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
            // Loads what it needs while that is possible.
            ParentWatch.isGone(process);
            List<FileInputStream> open = new ArrayList<>();
            try {
                while (true) {
                    open.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException noneLeft) {
                boolean found = ProcessHandle.of(pid).isPresent();
                boolean gone = ParentWatch.isGone(process);
                open.forEach(WithoutDescriptors::close);
                System.out.println("the JDK finds it: " + found + ", gone: " + gone);
            }
        }

        private static void close(FileInputStream stream) {
            try {
                stream.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
