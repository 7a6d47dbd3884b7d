package io.bookstore.perf.plan;

import io.bookstore.k6.run.ArrivalRamp;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.k6.run.VuRamp;
import io.bookstore.perf.scenario.Conversation;
import io.bookstore.perf.scenario.Pace;
import io.bookstore.simulator.draw.Draw;
import io.bookstore.simulator.draw.Draws;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/** The iterations of one scenario in virtual time, each with one request or one conversation. */
final class VirtualLoad {

    private static final double NANOS_PER_SECOND = 1e9;

    // As population.js: every hundred requests have the share exactly, and any stretch of them nearly.
    private static final int POPULATION = 100;
    private static final int STEP = 61;

    private final VirtualTime time;
    private final VirtualService service;
    private final RunPlan.Scenario scenario;
    private final Pace pace;
    private final double scale;
    private final long shortestNanos;
    private final Draw pauses;
    private final long startNanos;
    private long begun;
    private final BitSet working = new BitSet();
    private int wanted;

    /** @param shortest time that a user takes for an iteration at least */
    VirtualLoad(
            VirtualTime time,
            VirtualService service,
            RunPlan.Scenario scenario,
            Pace pace,
            double scale,
            Duration shortest,
            long seed) {
        this.time = time;
        this.service = service;
        this.scenario = scenario;
        this.pace = pace;
        this.scale = scale;
        this.shortestNanos = shortest.toNanos();
        this.pauses = Draws.of(seed, scenario.name(), 1).stream("pauses");
        this.startNanos = scenario.startTime().toNanos();
    }

    /** Adds the starts of the scenario; the rest follows from them. */
    void begin() {
        if (scenario.openLoop()) {
            scheduleArrival(arrivals(), 0);
        } else if (scenario.stages().isEmpty()) {
            time.at(startNanos, () -> want(scenario.peak()));
        } else {
            VuRamp.steps(scenario.start(), scenario.stages())
                    .forEach(step -> time.at(startNanos + step.offsetNanos(), () -> want(step.target())));
        }
    }

    private void want(int users) {
        wanted = users;
        for (int user = working.nextClearBit(0); user < wanted && open(); user = working.nextClearBit(user + 1)) {
            working.set(user);
            iterate(user);
        }
    }

    /**
     * Runs the iterations of a virtual user one after the other, until it is not wanted any more. As in k6 the last to come are
     * the first to go: the others go on while those end what they have begun.
     */
    private void iterate(int user) {
        if (user >= wanted || !open()) {
            working.clear(user);
            return;
        }
        long next = time.nanos() + shortestNanos;
        send(() -> time.at(Math.max(next, time.nanos() + pause()), () -> iterate(user)));
    }

    private boolean open() {
        boolean left = !scenario.countsIterations() || begun < scenario.volume();
        return left && time.nanos() < startNanos + scenario.duration().toNanos();
    }

    /** The offset of each arrival by its index; negative when there is none any more. */
    private LongUnaryOperator arrivals() {
        if (scenario.stages().isEmpty()) {
            double period = scenario.duration().toNanos() / scenario.volume();
            return index -> index < scenario.volume() ? Math.round(index * period) : -1;
        }
        double unitSeconds = RunPlan.area(scenario.start(), scenario.stages()) / scenario.volume();
        ArrivalRamp ramp = new ArrivalRamp(scenario.start(), unitSeconds * NANOS_PER_SECOND, scenario.stages());
        return ramp::startOf;
    }

    /** Each arrival adds the next one: the many of a long run need no memory at a time. */
    private void scheduleArrival(LongUnaryOperator arrivals, long index) {
        long offset = arrivals.applyAsLong(index);
        if (offset >= 0) {
            time.at(startNanos + offset, () -> {
                scheduleArrival(arrivals, index + 1);
                send(() -> {});
            });
        }
    }

    private void send(Runnable ended) {
        long number = begun++;
        if (number * STEP % POPULATION < pace.modelShare() * POPULATION) {
            ask(scenario.name() + "-" + number, ended);
        } else {
            service.answerPlainly(ended);
        }
    }

    private void ask(String id, Runnable ended) {
        Conversation conversation = pace.conversation();
        if (conversation == null) {
            service.summarize(id, service.promptTokens(), answerTokens -> ended.run());
        } else {
            new VirtualConversation(time, service, conversation, scale, id, ended).begin();
        }
    }

    private long pause() {
        double seconds = pace.pauses().isEmpty()
                ? 0
                : pause(pace.pauses().get((int) (begun % pace.pauses().size())));
        return Math.round(seconds * scale * TimeUnit.SECONDS.toNanos(1));
    }

    private double pause(Pace.Pause between) {
        return pauses.between(between.shortestSeconds(), between.longestSeconds());
    }
}
