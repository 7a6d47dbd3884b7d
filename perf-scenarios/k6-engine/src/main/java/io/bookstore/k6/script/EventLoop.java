package io.bookstore.k6.script;

import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Timers and answers that a virtual user still waits for; an iteration ends when nothing is left. */
public final class EventLoop {

    private record Timer(long id, long dueNanos, long everyNanos, Value callback) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(dueNanos, other.dueNanos);
            return byTime == 0 ? Long.compare(id, other.id) : byTime;
        }
    }

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final LinkedBlockingQueue<Runnable> answers = new LinkedBlockingQueue<>();
    private long nextTimer = 1;
    private int awaited;

    /** @param repeat true if it starts anew each time, as {@code setInterval} does */
    public long schedule(Value callback, double millis, boolean repeat) {
        long nanos = Double.isNaN(millis) || millis < 0 ? 0 : (long) (millis * 1e6);
        long id = nextTimer++;
        // An interval of 0 would never let go of the thread; k6 uses at least a millisecond too.
        long every = repeat ? Math.max(nanos, 1_000_000) : 0;
        timers.add(new Timer(id, System.nanoTime() + nanos, every, callback));
        return id;
    }

    public void cancel(long id) {
        timers.removeIf(timer -> timer.id() == id);
    }

    /** Announces an answer that another thread will {@link #deliver}. */
    public void expectAnswer() {
        awaited++;
    }

    /** @param answer runs on the virtual user's thread; called from any thread */
    public void deliver(Runnable answer) {
        answers.add(answer);
    }

    /** Wakes {@link #drain} so that it looks at its condition again. */
    public void wake() {
        answers.add(() -> {});
    }

    /** Runs callbacks until nothing is pending or the condition says that the iteration is over. */
    void drain(BooleanSupplier cut) throws InterruptedException {
        while (!cut.getAsBoolean() && (awaited > 0 || !timers.isEmpty())) {
            Timer timer = timers.peek();
            Runnable answer = nextAnswer(timer);
            if (answer != null) {
                answer.run();
            } else if (timer != null && timer.dueNanos() <= System.nanoTime()) {
                timers.remove(timer);
                if (timer.everyNanos() > 0) {
                    timers.add(new Timer(
                            timer.id(), timer.dueNanos() + timer.everyNanos(), timer.everyNanos(), timer.callback()));
                }
                timer.callback().executeVoid();
            }
        }
    }

    private @Nullable Runnable nextAnswer(@Nullable Timer timer) throws InterruptedException {
        if (timer == null) {
            return answers.take();
        }
        return answers.poll(Math.max(0, timer.dueNanos() - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Counts an answer as arrived; called by the answer when it runs. */
    public void countAnswer() {
        awaited--;
    }

    void clear() {
        timers.clear();
        answers.clear();
        awaited = 0;
    }
}
