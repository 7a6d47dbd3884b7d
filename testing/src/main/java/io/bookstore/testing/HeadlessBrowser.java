package io.bookstore.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** The Chromium or Chrome of the machine without a window, which opens a page of a file and runs a script in it. */
public final class HeadlessBrowser {

    /** The option of a browser whose user prefers dark pages. */
    public static final String DARK = "--blink-settings=preferredColorScheme=0";

    private static final Pattern POLICY = Pattern.compile("<meta http-equiv=\"Content-Security-Policy\"[^>]*>");
    private static final Pattern RESULT = Pattern.compile("data-result=\"([^\"]*)\"");

    private final Program program;
    private final Path folder;

    private HeadlessBrowser(Program program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * Returns the browser on PATH; the calling test is skipped, saying so, if there is none.
     *
     * @param folder a temporary folder of the test, for the browser's own files
     */
    public static HeadlessBrowser orSkip(Path folder) {
        return Stream.of("chromium", "google-chrome")
                .flatMap(name -> Program.find(name).stream())
                .findFirst()
                .map(program -> new HeadlessBrowser(program, folder))
                .orElseThrow(
                        () -> new TestAbortedException(
                                "skipped: neither chromium nor google-chrome is on the PATH; apt-get install chromium brings one"));
    }

    /**
     * Opens a page and returns what a script in it returns, or its error.
     *
     * @param page    an HTML file, which stays as it is; a copy without its content security policy is opened
     * @param script  the body of an asynchronous function that returns a text
     * @param options of the browser, such as {@link #DARK}
     * @throws AssertionError if the script returned nothing
     */
    public String run(Path page, String script, String... options) {
        try {
            Path scripted = folder.resolve("scripted.html");
            String open = POLICY.matcher(Files.readString(page)).replaceFirst("");
            Files.writeString(scripted, open.replace("</body>", """
                    <script>
                    (async () => { %s })().catch((error) => String(error.stack)).then((result) => {
                        document.body.dataset.result = encodeURIComponent(result);
                    });
                    </script>
                    </body>""".formatted(script)));
            Command.Result dom = program.command(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--user-data-dir=" + folder.resolve("profile"),
                            "--virtual-time-budget=20000",
                            "--dump-dom")
                    .and(options)
                    .and(scripted.toUri().toString())
                    .run();
            Matcher result = RESULT.matcher(dom.output());
            if (!result.find()) {
                throw new AssertionError("the script in " + page + " returned nothing, exit code " + dom.exitCode());
            }
            return URLDecoder.decode(result.group(1), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns what axe finds wrong with the accessibility of a page: its rule, where, and what to do; empty for a sound page.
     *
     * @param options of the browser, such as {@link #DARK} or {@code --window-size=400,800}
     */
    public List<String> accessibilityFindings(Path page, String... options) {
        return run(page, axe() + """
                ;
                const { violations } = await axe.run();
                return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} at ${target}: ${help}`)).join('\\n');
                """, options).lines().toList();
    }

    private static String axe() {
        try (InputStream script = HeadlessBrowser.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
