package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The language of a script and the modules that it imports: cases 38, 41, 47 to 49, 51 and 52. */
@Execution(ExecutionMode.CONCURRENT)
class LanguageConformanceTest {

    @Test
    void case38SharedArrayIsBuiltOnceAndCannotBeChanged() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/38-shared-array.js").run();

        String seen = "3 2 undefined 123 3 true true 012 3";
        assertThat(run.logged()).containsExactly("built", seen, seen, seen);
    }

    @Test
    void case41LanguageHasNoMoreThanThatOfK6() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/41-language.js").run();

        assertThat(run.logged()).containsExactly("nothing", "1,2,3 2 b-b true");
    }

    @Test
    void case47CommonJsFilesCanBeImported() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/47-common-js.js").run();

        assertThat(run.logged())
                .containsExactly("0cc175b9c0f1b6a831c399e269772661 x+x deleted function", "a+b +", "hello you 2");
    }

    @Test
    void case48ScriptItselfMayBeCommonJs() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/48-require.js").run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.logged()).containsExactly("set+up", "set+up");
        assertThat(run.values("checks")).containsExactly(1.0, 1.0);
    }

    @Test
    void case49WebCryptoGivesKnownValues() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/49-web-crypto.js").run();

        assertThat(run.logged())
                .containsExactly(
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                        "a9993e364706816aba3e25717850c26c9cd0d89d",
                        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843 true false",
                        "AES-CBC 7649abac8119b246cee98e9b12e9197d8964e0b149c10b7b682e6e39aaeb731c true",
                        "AES-CTR 874d6191b620e3261bef6864990db6ce true",
                        "AES-GCM 0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf true",
                        "oct 32 true",
                        "OperationError");
    }

    @Test
    void case51LanguageHasWhatK6HasSinceRelease23() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/51-language-of-2.3.js").run();

        assertThat(run.logged())
                .containsExactly(
                        "azY= 6b36 2 2",
                        "email id,name true",
                        "id,name,tag email",
                        "true false",
                        "{\"id\":9007199254740993} true false");
    }

    @Test
    void case52ClearingATimerThatHasFiredLeavesTheOthersAlone() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/52-timers.js").run();

        assertThat(run.logged()).containsExactly("first,tick,tick");
    }
}
