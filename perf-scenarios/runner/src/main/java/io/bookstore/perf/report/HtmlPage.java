package io.bookstore.perf.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.bookstore.perf.results.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A page of a template with its {@link Assets} inside, drawn before its file is written. */
public final class HtmlPage {

    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);

    private HtmlPage() {}

    /**
     * Replaces {@code file} by the page.
     *
     * @param parameters those of the template but {@code assets}
     * @throws IOException if it cannot be written; the engine would wrap it, and it would look like a defect of the page
     */
    public static void write(Path file, String template, Map<String, Object> parameters) throws IOException {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("assets", Assets.load());
        StringOutput page = new StringOutput();
        ENGINE.render(template, all, page);
        WholeFile.write(file, beside -> Files.writeString(beside, page.toString()));
    }
}
