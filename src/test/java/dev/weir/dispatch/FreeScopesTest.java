package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Blob;
import dev.weir.grok.GrokCall;
import dev.weir.permit.CallEnd;
import dev.weir.permit.LeaseKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FreeScopesTest {
    private static final long SECOND_MICROS = 1_000_000;

    private final FreeScopes scopes = new FreeScopes(new SlotSettings("free"::equals, 2, priority -> 0));

    @Test
    void shouldBeFreeOnceCallsWithPermitsWereAnsweredInARow() {
        assertThat(scopes.isFree("free")).isFalse();
        answered("free", true, 0);
        assertThat(scopes.isFree("free")).isFalse();

        answered("free", true, 0);

        assertThat(scopes.isFree("free")).isTrue();
    }

    @Test
    void shouldNeverBeFreeWhereThereIsAQuota() {
        answered("limited", true, 0);
        answered("limited", true, 0);

        assertThat(scopes.isFree("limited")).isFalse();
        assertThat(scopes.ended(plan("limited", true), CallEnd.THROTTLED, 0, 0)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = CallEnd.class,
            names = {"THROTTLED", "TRANSIENT", "HALTED"})
    void shouldNotBeFreeAfterTroubleAndTellItOnce(CallEnd trouble) {
        answered("free", true, 0);
        answered("free", true, 0);

        assertThat(scopes.ended(plan("free", false), trouble, 5, 10)).isTrue();
        assertThat(scopes.ended(plan("free", false), trouble, 6, 11)).isFalse();

        assertThat(scopes.isFree("free")).isFalse();
    }

    @Test
    void shouldTellOfTroubleThatCameLongAfterTheLast() {
        assertThat(scopes.troubled("free", 0)).isTrue();

        assertThat(scopes.troubled("free", 2 * SECOND_MICROS)).isTrue();
    }

    @Test
    void shouldNotBeFreeAgainByCallsOfBeforeOrWithoutPermits() {
        scopes.troubled("free", 10 * SECOND_MICROS);
        for (int i = 0; i < 5; i++) {
            answered("free", true, 10 * SECOND_MICROS + 500_000);
            answered("free", false, 20 * SECOND_MICROS);
        }
        assertThat(scopes.isFree("free")).isFalse();

        answered("free", true, 11 * SECOND_MICROS);
        answered("free", true, 11 * SECOND_MICROS);

        assertThat(scopes.isFree("free")).isTrue();
    }

    private void answered(String scope, boolean permitted, long startedMicros) {
        assertThat(scopes.ended(plan(scope, permitted), CallEnd.ANSWERED, startedMicros, startedMicros + 1))
                .isFalse();
    }

    private static CallPlan plan(String scope, boolean permitted) {
        return new CallPlan(
                new LeaseKey(0, 1, 1), scope, scope, "", permitted, new GrokCall("id", scope, null, Blob.EMPTY));
    }
}
