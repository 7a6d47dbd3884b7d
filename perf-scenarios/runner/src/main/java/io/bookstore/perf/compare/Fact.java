package io.bookstore.perf.compare;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fact in which two runs must agree. */
sealed interface Fact {

    /** The value in a sentence. */
    String text();

    /** The way to make the runs agree. */
    String remedy();

    boolean agrees(Fact other);

    /** A fact by its text; {@code unknown} for null. */
    static Fact of(@Nullable Object value, String remedy) {
        return new Text(Objects.toString(value, "unknown"), remedy);
    }

    record Text(String text, String remedy) implements Fact {

        @Override
        public boolean agrees(Fact other) {
            return text.equals(other.text());
        }
    }

    /** Memory of a machine, of which firmware and kernel keep a little more or less from start to start. */
    record Memory(long mebibytes, String remedy) implements Fact {

        private static final double SAME = 0.01;

        @Override
        public String text() {
            return mebibytes + " MiB";
        }

        @Override
        public boolean agrees(Fact other) {
            return other instanceof Memory memory
                    && Math.abs(mebibytes - memory.mebibytes) <= SAME * Math.max(mebibytes, memory.mebibytes);
        }
    }
}
