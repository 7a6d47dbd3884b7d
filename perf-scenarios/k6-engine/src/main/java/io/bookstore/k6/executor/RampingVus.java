package io.bookstore.k6.executor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.options.DurationText;
import io.bookstore.k6.options.OptionsNode;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.k6.run.RunPlan.Stage;
import io.bookstore.k6.run.VuRamp;
import io.bookstore.k6.vu.VirtualUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows the stages; a virtual user that is not wanted any more may finish its iteration for a while. */
record RampingVus(int startVus, List<Stage> stages, Duration gracefulRampDown) implements Executor {
    static final ExecutorType TYPE =
            new ExecutorType("ramping-vus", Set.of("stages", "startVUs", "gracefulRampDown"), RampingVus::read);

    RampingVus {
        stages = List.copyOf(stages);
    }

    private static RampingVus read(OptionsNode node) {
        return new RampingVus(
                node.atLeast(0, "startVUs", 1),
                node.stages(),
                node.duration("gracefulRampDown", ScenarioReader.DEFAULT_GRACE));
    }

    @Override
    public String name() {
        return TYPE.name();
    }

    @Override
    public Duration duration() {
        return RunPlan.total(stages);
    }

    @Override
    public int maxVus() {
        return Math.max(startVus, RunPlan.highest(stages));
    }

    @Override
    public int start() {
        return startVus;
    }

    @Override
    public double volume() {
        return RunPlan.area(startVus, stages);
    }

    @Override
    public void describe(ObjectNode scenario) {
        scenario.put("startVUs", startVus).put("gracefulRampDown", DurationText.of(gracefulRampDown));
    }

    @Override
    public void run(ScenarioRun scenario) throws InterruptedException {
        new Run(scenario, this).run();
    }

    private static final class Run {
        private final ScenarioRun scenario;
        private final RampingVus options;
        private final List<Slot> slots = new ArrayList<>();

        Run(ScenarioRun scenario, RampingVus options) {
            this.scenario = scenario;
            this.options = options;
            for (int i = 0; i < options.maxVus(); i++) {
                slots.add(new Slot());
            }
        }

        void run() throws InterruptedException {
            boolean goesOn = true;
            for (VuRamp.Step step : VuRamp.steps(options.startVus(), options.stages())) {
                goesOn = goesOn && awaitCutting(scenario.startNanos() + step.offsetNanos());
                if (goesOn) {
                    setTarget(step.target());
                }
            }
            if (goesOn && awaitCutting(scenario.endNanos())) {
                while (cutLate() && scenario.test().control().awaitMoment(nextDeadline())) {
                    // Each round ends at a deadline, at which one more iteration is cut off.
                }
            }
            scenario.close();
            scenario.threads().cutAll();
        }

        /** Waits until the moment and meanwhile cuts off what has used up its grace; false when the run is stopped. */
        private boolean awaitCutting(long moment) throws InterruptedException {
            while (true) {
                cutLate();
                long next = Math.min(moment, nextDeadline());
                if (!scenario.test().control().awaitMoment(next)) {
                    return false;
                }
                if (next == moment) {
                    return true;
                }
            }
        }

        private synchronized void setTarget(int target) {
            long now = System.nanoTime();
            for (int i = 0; i < slots.size(); i++) {
                Slot slot = slots.get(i);
                boolean wanted = i < target;
                if (slot.wanted && !wanted) {
                    slot.deadlineNanos = now + options.gracefulRampDown().toNanos();
                }
                slot.wanted = wanted;
                if (wanted) {
                    slot.deadlineNanos = Long.MAX_VALUE;
                }
                if (wanted && !slot.working) {
                    start(slot);
                }
            }
        }

        private void start(Slot slot) {
            VirtualUser vu = scenario.pool().acquire();
            slot.working = true;
            slot.vu = vu;
            scenario.startVu(vu, worker -> work(slot, worker));
        }

        private void work(Slot slot, VirtualUser vu) {
            while (staysWanted(slot)) {
                scenario.iterate(vu);
            }
        }

        /** True if the slot's virtual user is to run another iteration; otherwise the slot is free from now on. */
        private synchronized boolean staysWanted(Slot slot) {
            if (slot.wanted && scenario.open()) {
                return true;
            }
            slot.working = false;
            slot.vu = null;
            slot.deadlineNanos = Long.MAX_VALUE;
            return false;
        }

        /** Cuts off iterations whose grace is over; false when nothing is at work any more. */
        private synchronized boolean cutLate() {
            long now = System.nanoTime();
            boolean working = false;
            for (Slot slot : slots) {
                working |= slot.working;
                VirtualUser vu = slot.vu;
                if (slot.working && vu != null && Math.min(slot.deadlineNanos, scenario.latestEndNanos()) <= now) {
                    slot.deadlineNanos = Long.MAX_VALUE;
                    vu.cut();
                }
            }
            return working && now < scenario.latestEndNanos();
        }

        private synchronized long nextDeadline() {
            long next = scenario.latestEndNanos();
            for (Slot slot : slots) {
                next = Math.min(next, slot.deadlineNanos);
            }
            // The end of a thread does not wake this one, so look again now and then once the stages are over.
            boolean over = System.nanoTime() >= scenario.endNanos();
            return over ? Math.min(next, System.nanoTime() + 5_000_000) : next;
        }
    }

    /** A virtual user of the ramp; the last slot to be filled is the first to be emptied. */
    private static final class Slot {
        private boolean wanted;
        private boolean working;
        private @Nullable VirtualUser vu;
        /** The moment when an iteration that is not wanted any more is cut off. */
        private long deadlineNanos = Long.MAX_VALUE;
    }
}
