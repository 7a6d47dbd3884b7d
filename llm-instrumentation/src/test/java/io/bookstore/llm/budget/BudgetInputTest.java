package io.bookstore.llm.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts, settings and keys at and beyond their bounds. */
class BudgetInputTest {

    private final TokenBudget budget = TokenBudget.perDay(Amount.usd(BigDecimal.ONE));

    @ParameterizedTest
    @CsvSource({"0.40, 0.4 USD", "10.00, 10 USD", "0.0000000001, 0.000000001 USD", "1E+3, 1000 USD", "0E-12, 0 USD"})
    void dollarsAreExactToABillionthAndFinerOnesAreRoundedUp(BigDecimal usd, String text) {
        assertThat(Amount.usd(usd)).hasToString(text);
    }

    @Test
    void negativeAmountIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Amount.usd(new BigDecimal("-0.01")))
                .withMessage("An amount must be >= 0, was -0.01");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Amount.tokens(-1))
                .withMessage("An amount must be >= 0, was -1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+1000000", "1E-1000000", "-1E+1000000"})
    void amountOfAMillionDigitsIsRefusedAtOnce(BigDecimal usd) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Amount.usd(usd))
                .withMessage("An amount must have at most 100 digits before and behind its point, was " + usd);
    }

    @Test
    void limitBeyondTheLargestIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenBudget.perDay(Amount.usd(new BigDecimal("9000000.01"))))
                .withMessage("The limit of a budget must be at most 9000000 USD, was 9000000.01 USD");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenBudget.perDay(Amount.tokens(Long.MAX_VALUE)))
                .withMessage(
                        "The limit of a budget must be at most 9000000000000000 tokens, was 9223372036854775807 tokens");
    }

    @Test
    void absurdCostsUseTheBudgetUpAndOverflowNothing() {
        TokenBudget tokens = TokenBudget.perDay(Amount.tokens(5));

        for (int i = 0; i < 2_000; i++) {
            tokens.reserve(null).settle(Amount.tokens(Long.MAX_VALUE));
        }

        assertThat(tokens.remaining()).isEqualTo(Amount.tokens(0));
    }

    @Test
    void amountOfTheOtherUnitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget.reserve(Amount.tokens(500)))
                .withMessage("The budget of 1 USD cannot count 500 tokens; a budget has one unit, so use a second one");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257})
    void keyOfNoLengthOrTooGreatALengthIsRefused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget.reserve("k".repeat(length), null))
                .withMessage("The key of a budget must have 1 to 256 characters, had " + length
                        + "; a hash of a longer one will do");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.5S", "PT1.5S", "-PT1H", "P367D"})
    void periodOfNoWholeSecondsIsRefused(Duration period) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenBudget.builder(Amount.tokens(1)).period(period))
                .withMessage("The period of a budget must be whole seconds, 1 second to 366 days, was " + period);
    }

    @Test
    void budgetWithoutKeysOrNameInASharedStoreIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenBudget.builder(Amount.tokens(1)).maxKeys(0))
                .withMessage("The number of keys of a budget must be >= 1, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenBudget.builder(Amount.tokens(1)).store(" ", new MemoryBudgetStore()))
                .withMessage("The name of a budget in a shared store must not be blank");
    }
}
