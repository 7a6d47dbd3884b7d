package io.bookstore.simulator.simulation;

import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Journal;

/** The journal of the run that goes on: it takes no attempt of the run before. Thread-safe. */
final class RunJournal {

    private final Journal journal;
    private final ClientReports reports = new ClientReports();
    private volatile Run run = new Run();

    RunJournal(Journal journal) {
        this.journal = journal;
    }

    Journal journal() {
        return journal;
    }

    ClientReports reports() {
        return reports;
    }

    Run run() {
        return run;
    }

    /** Begins another run, with an empty journal. */
    void beginAnew() {
        synchronized (journal) {
            run = new Run();
            forget();
        }
    }

    /** Empties the journal, and what clients said of it. */
    void forget() {
        journal.clear();
        reports.clear();
    }

    /** Keeps an attempt, unless its run is over. */
    void write(Run counted, Attempt attempt) {
        synchronized (journal) {
            if (counted == run) {
                journal.add(attempt);
            }
        }
    }
}
