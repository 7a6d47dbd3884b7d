package io.bookstore.perf.scenario;

import io.bookstore.perf.scenario.Pace.Pause;
import java.util.List;

/**
 * The requests that an iteration makes with a target that describes a conversation, drawn as {@code lib/conversation.js} draws
 * them: by the script's seed and the id of the conversation.
 *
 * @param leastTurns     fewest requests of one conversation
 * @param mostTurns      most requests of one conversation
 * @param followUpTokens tokens that each follow-up adds to the prompt, besides those of the answer before it; never empty
 * @param pause          before each turn but the first, unscaled
 */
public record Conversation(int leastTurns, int mostTurns, List<Integer> followUpTokens, Pause pause, long seed) {

    public Conversation {
        followUpTokens = List.copyOf(followUpTokens);
    }

    /** The requests of a conversation on average. */
    public double meanTurns() {
        return (leastTurns + mostTurns) / 2.0;
    }

    /** The requests of the conversation with that id, if none of them fails. */
    public int turns(String id) {
        return whole(leastTurns, mostTurns, draw(id, "turns"));
    }

    /**
     * The tokens that the follow-up after a turn adds to the prompt.
     *
     * @param turn from 1
     */
    public int followUpTokens(String id, int turn) {
        int first = whole(0, followUpTokens.size() - 1, draw(id, "follow-ups"));
        return followUpTokens.get((first + turn) % followUpTokens.size());
    }

    /**
     * The pause after a turn, unscaled.
     *
     * @param turn from 1
     */
    public double pauseSeconds(String id, int turn) {
        return pause.shortestSeconds() + draw(id, "pause " + turn) * (pause.longestSeconds() - pause.shortestSeconds());
    }

    private static int whole(int least, int most, double drawn) {
        return least + (int) Math.floor(drawn * (most - least + 1));
    }

    /** The same number as {@code draw()} of {@code lib/draw.js}: FNV-1a, then the finaliser of MurmurHash3. */
    private double draw(String id, String stream) {
        int hash = 0x811c9dc5;
        for (int character : (seed + "\n" + id + "\n" + stream).codePoints().toArray()) {
            hash = (hash ^ character) * 0x01000193;
        }
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return Integer.toUnsignedLong(hash ^ (hash >>> 16)) / 4294967296.0;
    }
}
