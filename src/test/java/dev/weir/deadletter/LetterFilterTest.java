package dev.weir.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.EventHeader;
import dev.weir.event.Reason;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LetterFilterTest {
    private static final DeadLetterRecord LETTER =
            Letters.letter(7, Reason.UNKNOWN_MODEL, Letters.BODY, EventHeader.text("weir-tenant", "checkout"));
    private static final Instant DIED_AT = Instant.ofEpochMilli(Letters.DIED_AT);

    @Test
    void shouldReadWhatTheLetterSays() {
        LetterFacts facts = LETTER.facts().orElseThrow();

        assertThat(facts.id()).isEqualTo("id-7");
        assertThat(facts.reason()).isEqualTo("unknown_model");
        assertThat(facts.stopClass()).isEqualTo("fatal");
        assertThat(facts.message()).isEqualTo("it did not work");
        assertThat(facts.httpStatus()).isEqualTo(404);
        assertThat(facts.attempts()).isEqualTo(1);
        assertThat(facts.source()).hasToString("grok.requests-2-107");
        assertThat(facts.tenant()).isEqualTo("checkout");
        assertThat(facts.model()).isEqualTo("grok-x");
        assertThat(facts.redrives()).isZero();
    }

    @Test
    void shouldPassWhatHasOneOfEachWantedKind() {
        assertThat(filter(Set.of("unknown_model", "timeout"), Set.of("checkout"), Set.of("grok-x"), Set.of("id-7"))
                        .matches(LETTER))
                .isTrue();
        assertThat(filter(Set.of("timeout"), Set.of(), Set.of(), Set.of()).matches(LETTER))
                .isFalse();
        assertThat(filter(Set.of(), Set.of("other"), Set.of(), Set.of()).matches(LETTER))
                .isFalse();
        assertThat(filter(Set.of(), Set.of(), Set.of("grok-4.5"), Set.of()).matches(LETTER))
                .isFalse();
        assertThat(filter(Set.of(), Set.of(), Set.of(), Set.of("id-8")).matches(LETTER))
                .isFalse();
    }

    @Test
    void shouldNotPassByModelWhatCannotBeRead() {
        DeadLetterRecord junk = Letters.letter(1, Reason.INVALID_JSON, "{");

        assertThat(junk.facts().orElseThrow().model()).isNull();
        assertThat(filter(Set.of(), Set.of(), Set.of("grok-x"), Set.of()).matches(junk))
                .isFalse();
    }

    @Test
    void shouldTakeSinceInAndUntilOut() {
        assertThat(between(DIED_AT, DIED_AT.plusMillis(1)).matches(LETTER)).isTrue();
        assertThat(between(DIED_AT.plusMillis(1), null).matches(LETTER)).isFalse();
        assertThat(between(null, DIED_AT).matches(LETTER)).isFalse();
    }

    @Test
    void shouldPassStraysOnlyWithoutOtherWishes() {
        DeadLetterRecord stray = Letters.stray(3);

        assertThat(stray.facts()).isEmpty();
        assertThat(LetterFilter.all().matches(stray)).isTrue();
        assertThat(filter(Set.of("timeout"), Set.of(), Set.of(), Set.of()).matches(stray))
                .isFalse();
    }

    private static LetterFilter filter(Set<String> reasons, Set<String> tenants, Set<String> models, Set<String> ids) {
        return new LetterFilter(reasons, Set.of(), tenants, models, ids, null, null);
    }

    private static LetterFilter between(Instant since, Instant until) {
        return new LetterFilter(Set.of(), Set.of("fatal"), Set.of(), Set.of(), Set.of(), since, until);
    }
}
