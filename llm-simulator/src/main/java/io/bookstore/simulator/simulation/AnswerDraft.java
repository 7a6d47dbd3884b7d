package io.bookstore.simulator.simulation;

import io.bookstore.simulator.answer.Chunks;
import io.bookstore.simulator.cache.CacheUse;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.fault.AnswerFault;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.ResponsePlan;
import io.bookstore.simulator.latency.SlotWait;
import io.bookstore.simulator.rule.ChosenResponse;
import io.bookstore.simulator.rule.Response;
import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.FinishReason;
import io.bookstore.simulator.wire.Answer.Thoughts;
import io.bookstore.simulator.wire.Answer.Timing;
import io.bookstore.simulator.wire.Answer.Usage;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Choices;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request, with the times of a provider that has nothing else to do.
 *
 * @param fault   of the answer; null if it has none
 * @param choices all answers to the request; mostly one
 * @param chunks  of all of them
 * @param order   the choice of each chunk; empty if there is but one
 * @param written output tokens, whatever the answer says about them
 */
record AnswerDraft(
        GenerationRequest generation,
        @Nullable Fault fault,
        List<Choice> choices,
        Chunks chunks,
        List<Integer> order,
        ResponsePlan timing,
        CacheUse cached,
        int written) {

    private static final int WRONG_USAGE_FACTOR = 10;
    private static final int BROKEN_STATUS = 500;

    static AnswerDraft of(
            Behaviour behaviour,
            Draws draws,
            Operation operation,
            GenerationRequest generation,
            CacheUse cached,
            @Nullable Fault fault,
            @Nullable ChosenResponse chosen) {
        Profile profile = behaviour.profile();
        if (operation != Operation.CHAT) {
            return ofDocument(profile, draws, operation, generation, fault);
        }
        int uncached = generation.inputTokens() - cached.read();
        List<Choice> choices = new ArrayList<>(
                List.of(Choice.write(profile, behaviour.seed(), draws, generation, fault, chosen, uncached)));
        while (choices.size() < generation.rules().choices()) {
            Draws others = draws.within("choice-" + choices.size());
            choices.add(Choice.write(profile, behaviour.seed(), others, generation, fault, chosen, uncached));
        }
        Response.Usage billed = chosen == null ? null : chosen.response().usage();
        int written = billed == null || billed.outputTokens() == null
                ? choices.stream().mapToInt(Choice::tokens).sum()
                : billed.outputTokens();
        if (choices.size() > 1) {
            return ofSeveral(generation, fault, choices, cached, written);
        }
        Choice only = choices.get(0);
        return new AnswerDraft(generation, fault, choices, only.chunks(), List.of(), only.timing(), cached, written);
    }

    /** The answers in one stream, each chunk at the time that its own answer has for it. */
    private static AnswerDraft ofSeveral(
            GenerationRequest generation, @Nullable Fault fault, List<Choice> choices, CacheUse cached, int written) {
        record Place(int choice, long nanos) {}
        List<Place> places = IntStream.range(0, choices.size())
                .boxed()
                .flatMap(choice -> LongStream.of(choices.get(choice).timing().chunkNanos())
                        .mapToObj(nanos -> new Place(choice, nanos)))
                .sorted(Comparator.comparingLong(Place::nanos))
                .toList();
        List<Integer> order = places.stream().map(Place::choice).toList();
        return new AnswerDraft(
                generation,
                fault,
                choices,
                Chunks.interleaved(choices.stream().map(Choice::chunks).toList(), order),
                order,
                new ResponsePlan(places.stream().mapToLong(Place::nanos).toArray()),
                cached,
                written);
    }

    /** The draft of an answer without text: it takes the reading of the input, and a free one takes nothing. */
    private static AnswerDraft ofDocument(
            Profile profile, Draws draws, Operation operation, GenerationRequest generation, @Nullable Fault fault) {
        AnswerContent content = AnswerContent.empty(FinishReason.END);
        Chunks chunks = content.chunks();
        ResponsePlan timing = operation.isFree()
                ? new ResponsePlan(new long[] {0})
                : profile.latency().plan(draws, generation.inputTokens(), chunks.tokens());
        Choice choice = new Choice(chunks, content, null, null, timing);
        return new AnswerDraft(
                generation, fault, List.of(choice), chunks, List.of(), timing, CacheUse.NONE, choice.tokens());
    }

    /**
     * The text of a client that skips the malformed frame; null if there is no such frame, or no text after it: a client may
     * well keep what came before.
     */
    @Nullable
    String textAroundMalformedFrame() {
        if (!generation.streaming()
                || !(fault instanceof Fault.Broken broken)
                || broken.kind() != AnswerFault.MALFORMED_FRAME
                || broken.number() >= chunks.size() - 1
                || !isText()) {
            return null;
        }
        return IntStream.range(0, chunks.size())
                .filter(chunk -> chunk != broken.number())
                .mapToObj(chunks::text)
                .collect(Collectors.joining());
    }

    /** Returns whether the chunks are those of one text and nothing else. */
    private boolean isText() {
        Choice only = choices.get(0);
        return choices.size() == 1
                && only.thoughts() == null
                && only.content().calls().isEmpty();
    }

    /** The plan of the answer once it has a slot. */
    Planned plan(SlotWait wait, String id, Instant created) {
        ResponsePlan later = timing.after(wait);
        long before = wait.queuedNanos() + wait.loadNanos();
        Timing told = new Timing(
                wait.loadNanos(), later.firstTokenNanos() - before, later.durationNanos() - later.firstTokenNanos());
        List<Answer> answers = choices.stream()
                .map(choice -> answer(choice, id, created, told, Choices.ONE))
                .toList();
        Answer answer = answers.size() == 1
                ? answers.get(0)
                : answer(choices.get(0), id, created, told, new Choices(answers, order));
        return new Planned(this, answer, later);
    }

    private Answer answer(Choice choice, String id, Instant created, Timing told, Choices all) {
        AnswerContent content = choice.content();
        return new Answer(
                id,
                generation.model(),
                content.calls().isEmpty() ? content.chunks().text() : "",
                content.calls(),
                usage(),
                content.finishReason(),
                content.stop(),
                created,
                told,
                thoughts(choice),
                choice.odds(),
                all);
    }

    /** The reasoning, with its tokens as the answer tells them. */
    private @Nullable Thoughts thoughts(Choice choice) {
        Thoughts thoughts = choice.thoughts();
        return thoughts == null ? null : thoughts.timesTokens(factor());
    }

    private int factor() {
        return Fault.isKind(fault, AnswerFault.WRONG_USAGE) ? WRONG_USAGE_FACTOR : 1;
    }

    /** Tokens as the answer tells them. */
    private Usage usage() {
        return new Usage(generation.inputTokens() * factor(), written * factor(), cached.times(factor()));
    }

    /** An answer and its times. */
    record Planned(AnswerDraft draft, Answer answer, ResponsePlan timing) {

        /**
         * The script of the answer, or of its acceptance if its client fetches it later. Such an answer begins half-way to its
         * first token, as a stream does.
         */
        Script script(Map<String, String> headers, JournalEntry entry) {
            AnswerFormat format = draft.generation().format();
            if (!format.isBackground()) {
                format.begin(answer);
                return new Script(steps(headers), entry);
            }
            if (draft.generation().streaming()) {
                return streamInBackground(headers, entry);
            }
            LaterAnswer later = later(entry, timing.firstTokenNanos() / 2);
            String accepted = format.accepted(answer, later, null);
            return Script.of(new Step.Whole(0, 200, format.contentType(), headers, accepted));
        }

        /** A stream whose answer goes on when the connection breaks: a fault of it is one of this connection, but for an error. */
        private Script streamInBackground(Map<String, String> headers, JournalEntry entry) {
            boolean failed = Fault.isKind(draft.fault(), AnswerFault.ERROR_EVENT);
            LaterAnswer later = new LaterAnswer(
                    answer.created(),
                    timing.firstTokenNanos() / 2,
                    timing.durationNanos(),
                    failed ? BROKEN_STATUS : 200,
                    null,
                    null);
            draft.generation()
                    .format()
                    .accepted(answer, later, () -> BackgroundSteps.parts(failed ? steps(headers) : stream(headers)));
            return new Script(new BackgroundSteps(steps(headers), later, entry), entry);
        }

        /**
         * Keeps an answer in the foreground that has been sent, or ends it otherwise. Any other is kept elsewhere, with its journal
         * entry, which must not hold this plan as well.
         *
         * @param batch that the request is in; null if it came alone
         */
        Consumer<Attempt> atEnd(@Nullable InBatch batch) {
            AnswerFormat format = draft.generation().format();
            if (batch != null || format.isBackground()) {
                return attempt -> {};
            }
            return attempt -> {
                boolean sent = attempt.result().outcome() == Attempt.Outcome.COMPLETED;
                format.end(answer, sent && !Fault.isKind(draft.fault(), AnswerFault.ERROR_EVENT));
            };
        }

        /** The answer for a client that fetches it. */
        LaterAnswer later(JournalEntry entry, long beginNanos) {
            boolean broken = draft.fault() instanceof Fault.Broken;
            return new LaterAnswer(
                    answer.created(),
                    beginNanos,
                    timing.durationNanos(),
                    broken ? BROKEN_STATUS : 200,
                    broken ? null : document(),
                    entry);
        }

        private String document() {
            AnswerFormat format = draft.generation().format();
            return Fault.isKind(draft.fault(), AnswerFault.EMPTY_ANSWER) ? format.empty(answer) : format.whole(answer);
        }

        private StreamSteps stream(Map<String, String> headers) {
            return new StreamSteps(draft.generation().format(), answer, draft.chunks(), timing, headers);
        }

        private Iterator<Step> steps(Map<String, String> headers) {
            GenerationRequest generation = draft.generation();
            AnswerFormat format = generation.format();
            if (generation.streaming()) {
                StreamSteps steps = stream(headers);
                return draft.fault() instanceof Fault.Broken broken ? BrokenSteps.ofStream(broken, steps) : steps;
            }
            String document = document();
            Step.Whole whole = new Step.Whole(timing.durationNanos(), 200, format.contentType(), headers, document);
            return draft.fault() instanceof Fault.Broken broken
                    ? BrokenSteps.ofDocument(broken, format, whole)
                    : List.<Step>of(whole).iterator();
        }
    }
}
