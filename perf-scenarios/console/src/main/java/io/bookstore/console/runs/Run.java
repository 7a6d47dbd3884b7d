package io.bookstore.console.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bookstore.console.local.LocalAddress;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.option.NewFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of this console, in its queue or going on. Not thread-safe: the queue guards it. */
final class Run {

    /** A point a second; of a longer run every other point goes, and then every other again. */
    private static final int MOST_POINTS = 1_200;

    private static final int MOST_MARKS = 200;
    private static final int MOST_LINES = 40;
    private static final int LONGEST_LINE = 500;

    private static final Logger logger = LoggerFactory.getLogger(Run.class);
    private static final ObjectMapper json = new ObjectMapper();

    private final String id;
    private final Path folder;
    private final RunRequest request;
    private final List<JsonNode> points = new ArrayList<>();
    private final Deque<RunView.Mark> marks = new ArrayDeque<>();
    private final Deque<String> log = new ArrayDeque<>();
    private RunRecord record;
    private int secondsBetweenPoints = 1;
    private double lastPointAt = Double.NEGATIVE_INFINITY;
    private String phase = "waiting for its turn";
    private @Nullable JsonNode cost;
    private @Nullable JsonNode plan;
    private @Nullable JsonNode figures;
    private @Nullable JsonNode search;
    private @Nullable JsonNode gate;
    private @Nullable URI service;
    private @Nullable URI simulator;
    private @Nullable RunProcess process;
    private boolean stopped;

    private Run(Path folder, RunRequest request, RunRecord record) {
        this.id = folder.getFileName().toString();
        this.folder = folder;
        this.request = request;
        this.record = record;
    }

    /**
     * Makes a run with a folder of its own.
     *
     * @throws PerfException if the folder cannot be written
     */
    static Run accepted(Path reports, RunRequest request, long nowMs) {
        Path folder = newFolder(reports, request.scenario());
        Run run = new Run(folder, request, RunRecord.queued(request, nowMs));
        try {
            run.record.writeTo(folder);
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot write to " + folder + " (" + e.getMessage() + "): name another folder with --reports.");
        }
        return run;
    }

    private static Path newFolder(Path reports, String scenario) {
        String name = NewFolder.named(scenario).getFileName().toString();
        Path folder = reports.resolve(name);
        for (int i = 2; Files.exists(folder); i++) {
            folder = reports.resolve(name + "-" + i);
        }
        return folder;
    }

    String id() {
        return id;
    }

    Path folder() {
        return folder;
    }

    /** The request with its secrets. */
    RunRequest request() {
        return request;
    }

    RunRecord record() {
        return record;
    }

    void become(RunRecord next) {
        record = next;
    }

    /** Writes its state to its folder. */
    void keep() {
        try {
            record.writeTo(folder);
        } catch (IOException e) {
            // The run itself goes on; after a restart it would be taken for an interrupted one.
            logger.warn("{} cannot be written", folder.resolve(RunRecord.NAME), e);
        }
    }

    @Nullable
    RunProcess process() {
        return process;
    }

    void started(RunProcess started) {
        process = started;
        phase = "preparing";
    }

    /** Says the thing that it waits for; returns whether that is another than before. */
    boolean waitsFor(String sentence) {
        boolean news = !phase.equals(sentence);
        phase = sentence;
        return news;
    }

    /** Returns whether somebody has asked for its end. */
    boolean stopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
        become(record.now(RunStatus.ENDING));
        SessionRequest session = request.session();
        phase = session == null
                ? "ending, its report is being written"
                : "ending; the " + session.parts() + " that are complete stay";
    }

    void agreed(boolean yes) {
        become(record.now(RunStatus.PREPARING));
        phase = yes ? "preparing" : "ending";
    }

    /** Takes a line of {@code llm-perf run --events}, or of a command of several runs. */
    void event(String line) {
        JsonNode event;
        try {
            event = json.readTree(line);
        } catch (JsonProcessingException notAnEvent) {
            log(line);
            return;
        }
        switch (event.path("event").asText()) {
            case "phase" -> phase = event.path("text").asText();
            case "cost" -> {
                cost = event;
                if (event.path("asked").asBoolean() && !stopped) {
                    become(record.now(RunStatus.ASKING));
                    phase = "waiting for an answer";
                }
            }
            case "service" -> service = address(event);
            case "simulator" -> simulator = address(event);
            case "search" -> search = event;
            case "gate" -> gate = event;
            case "plan" -> plan(event);
            case "figures" -> {
                phase = stopped ? phase : "";
                addPoint(event);
            }
            case "ended" -> {
                if (request.session() == null) {
                    move(RunStatus.ENDING, "writing the report");
                } else {
                    move(RunStatus.RUNNING, "reading its figures");
                }
            }
            default -> {
                // A result, which is read from its folder.
            }
        }
    }

    private static @Nullable URI address(JsonNode event) {
        return LocalAddress.of(event.path("address").asText()).orElse(null);
    }

    /** Begins the figures of a run, or of the next one of several. */
    private void plan(JsonNode event) {
        plan = event;
        figures = null;
        points.clear();
        marks.clear();
        secondsBetweenPoints = 1;
        lastPointAt = Double.NEGATIVE_INFINITY;
        move(RunStatus.RUNNING, "preparing the load");
    }

    private void move(RunStatus next, String text) {
        if (!stopped) {
            become(record.now(next));
            phase = text;
        }
    }

    private void addPoint(JsonNode event) {
        figures = event;
        double second = event.path("elapsedSeconds").asDouble();
        if (second < lastPointAt + secondsBetweenPoints) {
            return;
        }
        lastPointAt = second;
        points.add(event);
        if (points.size() > MOST_POINTS) {
            secondsBetweenPoints *= 2;
            for (int i = points.size() - 2; i > 0; i -= 2) {
                points.remove(i);
            }
        }
    }

    RunPrograms programs() {
        return new RunPrograms(id, service, simulator);
    }

    boolean uses(URI other) {
        // The names of this machine differ, so its port tells a simulator.
        return simulator != null && simulator.getPort() == other.getPort();
    }

    /** Notes a change of the provider, once there are figures that may show it. */
    void mark(String text) {
        if (figures != null) {
            marks.add(new RunView.Mark(figures.path("elapsedSeconds").asDouble(), text));
            if (marks.size() > MOST_MARKS) {
                marks.remove();
            }
        }
    }

    void log(String line) {
        log.add(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line);
        if (log.size() > MOST_LINES) {
            log.remove();
        }
    }

    /** The reason why there is no result: for a session that was broken off the runs that are complete, else its last words, if any. */
    @Nullable
    String reason(RunStatus last) {
        SessionRequest session = request.session();
        if (session == null || !stopped) {
            return log.peekLast();
        }
        JsonNode event = request.capacity() == null ? gate : search;
        JsonNode soFar = event == null ? MissingNode.getInstance() : event;
        String way = soFar.path(session.parts()).isEmpty()
                ? ""
                : " The same command with --out " + folder + " --resume goes on from there.";
        return (last == RunStatus.INTERRUPTED ? "Interrupted " : "Cancelled ") + session.complete(soFar) + "." + way;
    }

    RunView view(boolean withPoints) {
        return new RunView(
                id,
                record.request(),
                record.status(),
                record.queuedMs(),
                record.startedMs(),
                record.endedMs(),
                record.exitCode(),
                record.sentence(),
                null,
                null,
                null,
                new RunView.Live(
                        phase,
                        cost,
                        plan,
                        figures,
                        search,
                        gate,
                        withPoints ? List.copyOf(points) : null,
                        List.copyOf(marks),
                        List.copyOf(log)));
    }
}
