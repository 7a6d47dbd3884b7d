package io.bookstore.k6.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class K6LanguageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a(/[^\\p{L}]+/u)",
                "x = y ? /\\p{Lu}/gu : 1",
                "return /\\p{N}/u.test(a)",
                "`${ b.replace(/\\p{L}/u, '`') }`",
                "new RegExp('\\\\p{L}', 'u')",
                "for await (const a of b) c();",
                "async function* all() {}",
                "const later = import('./x.js')",
                "/[a--b]/v",
                "class A { @logged run() {} }",
                "class A { accessor x = 1; }",
                "const { promise } = Promise.withResolvers()",
                "Object.groupBy(a, b)",
                "const u = new URL('/')",
                "`a ${ Intl.NumberFormat('de') } b`",
                "a = b / c; d = e / f; structuredClone(a)"
            })
    void lackOfK6IsFoundInCode(String code) {
        assertThat(K6Language.findings(code)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/\\p{L}/",
                "const mail = 'a@b.c'; /** @type {Set} */ const accessor = 1;",
                "new Set([1]).union(new Set([2])); JSON.rawJSON('1'); Error.isError(e); Uint8Array.fromHex('00')",
                "a(/\\\\p{L}/u)",
                "'for await (a of b) Intl.x' // fetch('x')",
                "/* structuredClone(a) */ `Object.groupBy() ${ a } fetch()`",
                "a.fetch('x'); http.import('x'); list.process.all",
                "function fetch(x) {}",
                "typeof Buffer === 'undefined' ? 1 : Buffer.from(x)",
                "x = a++ / 2 / b; y = (c) / d / e",
                "import { check } from 'k6'; import.meta.resolve('./x.js')",
                "/['\"`]/u; /[/]\\/'/.test(a)"
            })
    void whatK6HasOrWhatIsNoCodeIsLeftAlone(String code) {
        assertThat(K6Language.findings(code)).isEmpty();
    }

    @Test
    void findingHasItsPlaceAndItsRemedy() {
        String code = "let a;\n  const copy = structuredClone(a);\n";

        assertThat(K6Language.findings(code))
                .extracting(K6Language.Finding::sentence)
                .containsExactly(
                        "2:16 has structuredClone: k6 does not have it; use JSON.parse(JSON.stringify(value))");
    }
}
