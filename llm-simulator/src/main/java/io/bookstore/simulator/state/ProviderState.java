package io.bookstore.simulator.state;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** The things that the providers keep, in memory alone. Thread-safe. */
public final class ProviderState {

    public static final int MOST_RESPONSES = 10_000;
    public static final int MOST_CONVERSATIONS = 10_000;

    /** The items of one conversation. */
    public static final int MOST_ITEMS = 1_000;

    public static final int MOST_FILES = 1_000;
    public static final int MOST_BATCHES = 1_000;

    /** The bytes of all responses, of all conversations, and of all files and all batches of a provider. */
    public static final int MOST_BYTES = 32 << 20;

    private final BoundedStore<StoredResponse> responses = new BoundedStore<>(MOST_RESPONSES, MOST_BYTES);
    private final BoundedStore<StoredConversation> conversations = new BoundedStore<>(MOST_CONVERSATIONS, MOST_BYTES);
    private final BoundedStore<StoredFile> files = new BoundedStore<>(MOST_FILES, MOST_BYTES);
    private final BoundedStore<StoredFile> anthropicFiles = new BoundedStore<>(MOST_FILES, MOST_BYTES);
    private final BoundedStore<Batch> openAiBatches = new BoundedStore<>(MOST_BATCHES, MOST_BYTES);
    private final BoundedStore<Batch> anthropicBatches = new BoundedStore<>(MOST_BATCHES, MOST_BYTES);
    private final AtomicLong identifiers = new AtomicLong();

    public BoundedStore<StoredResponse> responses() {
        return responses;
    }

    /** The conversations; the one not used for longest goes first. */
    public BoundedStore<StoredConversation> conversations() {
        return conversations;
    }

    /** The files of OpenAI. */
    public BoundedStore<StoredFile> files() {
        return files;
    }

    public BoundedStore<StoredFile> anthropicFiles() {
        return anthropicFiles;
    }

    public BoundedStore<Batch> openAiBatches() {
        return openAiBatches;
    }

    public BoundedStore<Batch> anthropicBatches() {
        return anthropicBatches;
    }

    /** The number of the next thing that gets an identifier, from 1; a reset begins anew. */
    public long nextNumber() {
        return identifiers.incrementAndGet();
    }

    /** Writes to the journal the answers that have ended by now. */
    public void settle(Instant now) {
        responses.settle(now);
        openAiBatches.settle(now);
        anthropicBatches.settle(now);
    }

    /** Forgets everything; answers that have not ended are called off. */
    public void clear(Instant now) {
        responses.clear(now);
        conversations.clear(now);
        files.clear(now);
        anthropicFiles.clear(now);
        openAiBatches.clear(now);
        anthropicBatches.clear(now);
        identifiers.set(0);
    }
}
