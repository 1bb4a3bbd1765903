package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RecentTest {
    private final Recent<String> recent = new Recent<>(10, String::length);

    @Test
    void shouldForgetWhatWasNotUsedForLongestWhenItBecomesTooMuch() {
        recent.put(1, "aaaa");
        recent.put(2, "bbbb");
        recent.get(1);

        recent.put(3, "cccc");

        assertThat(recent.get(1)).isEqualTo("aaaa");
        assertThat(recent.get(2)).isNull();
        assertThat(recent.get(3)).isEqualTo("cccc");
    }

    @Test
    void shouldCountAValueOnceThatIsReplacedOrRemoved() {
        recent.put(1, "aaaaaaaa");
        recent.put(1, "aa");
        recent.put(2, "bbbb");
        recent.remove(2);

        recent.put(3, "cccccccc");

        assertThat(recent.get(1)).isEqualTo("aa");
        assertThat(recent.get(2)).isNull();
    }

    @Test
    void shouldNotRememberWhatIsTooHeavy() {
        recent.put(1, "a");
        recent.put(2, "bbbbbbbbbbbbbbbb");

        assertThat(recent.get(1)).isNull();
        assertThat(recent.get(2)).isNull();
    }
}
