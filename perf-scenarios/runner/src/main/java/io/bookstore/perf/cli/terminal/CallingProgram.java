package io.bookstore.perf.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The program that started this one, at the other end of standard input. It answers questions by lines, and ends the run by
 * closing its end; if it dies, its end is closed too, and no load is left without anybody to watch it.
 */
public final class CallingProgram {

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private CallingProgram() {}

    /** Begins to read it. */
    public static CallingProgram listen(InputStream input, Interruption interruption) {
        CallingProgram caller = new CallingProgram();
        Thread reader = new Thread(() -> caller.read(input, interruption), "calling-program");
        reader.setDaemon(true);
        reader.start();
        return caller;
    }

    /** Waits for the answer to a question; it is empty, which is a no, if the thread is interrupted meanwhile. */
    public String answer() {
        try {
            return answers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private void read(InputStream input, Interruption interruption) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.add(line);
            }
        } catch (IOException closed) {
            // The same as its end.
        }
        answers.add("");
        interruption.ask();
    }
}
