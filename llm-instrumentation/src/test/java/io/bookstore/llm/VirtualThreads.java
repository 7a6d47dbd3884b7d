package io.bookstore.llm;

import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** Virtual threads where the JDK has them; the tests compile for 17. */
final class VirtualThreads {

    private VirtualThreads() {}

    static Optional<ThreadFactory> factory() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            return Optional.of((ThreadFactory) type.getMethod("factory").invoke(builder));
        } catch (ReflectiveOperationException before21) {
            return Optional.empty();
        }
    }
}
