package io.bookstore.perf.cli.gate;

import io.bookstore.perf.cli.option.EventsOption;
import io.bookstore.perf.gate.GateRun;
import io.bookstore.perf.gate.GateSession;
import java.util.List;

/** Tells the program that started a gate about it; tells nothing where there is none. */
final class GateWatcher {

    private final EventsOption events;
    private final GateSession session;
    private final String scenario;

    GateWatcher(EventsOption events, GateSession session, String scenario) {
        this.events = events;
        this.session = session;
        this.scenario = scenario;
    }

    /**
     * The whole gate so far, in each event anew.
     *
     * @param running the run that goes on
     */
    private record Gate(String scenario, int pairsWanted, Running running, List<GateJson.OfRun> runs) {}

    private record Running(int pair, String side, String folder) {}

    /** Tells that a run begins, and the figures of those before it. */
    void begins(GateRun run) {
        if (events.asked()) {
            Running running = new Running(run.pair(), run.side().label(), GateJson.folder(session, run));
            events.printer().print("gate", new Gate(scenario, session.pairs(), running, GateJson.runs(session)));
        }
    }

    /** Tells the verdict. */
    void ends(GateJson answer) {
        if (events.asked()) {
            events.printer().print("result", answer);
        }
    }
}
