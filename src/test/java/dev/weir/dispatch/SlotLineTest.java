package dev.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlotLineTest {
    private final SlotLine line = new SlotLine();

    @Test
    void shouldLetTheMostUrgentGoFirstAndOfEqualsTheOlder() {
        line.add(7, 1_000);
        line.add(8, 500);
        line.add(9, 500);

        assertThat(line.first()).isEqualTo(8);
        line.remove(8);
        assertThat(line.first()).isEqualTo(9);
        line.remove(9);
        assertThat(line.first()).isEqualTo(7);
    }

    @Test
    void shouldKeepThePlaceOfOneThatIsInLine() {
        line.add(7, 500);
        line.add(8, 600);

        line.add(7, 900);

        assertThat(line.first()).isEqualTo(7);
        assertThat(line.size()).isEqualTo(2);
    }

    @Test
    void shouldForgetWhoLeaves() {
        line.add(7, 500);

        assertThat(line.remove(7)).isTrue();
        assertThat(line.remove(7)).isFalse();
        assertThat(line.contains(7)).isFalse();
        assertThat(line.isEmpty()).isTrue();
    }
}
