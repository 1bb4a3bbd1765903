package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ops.Check;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateSpaceTest {
    @Test
    void shouldBeUpWhereThereIsRoom(@TempDir Path folder) {
        assertThat(StateSpace.check(folder)).isEqualTo(Check.up());
    }

    @Test
    void shouldBeDownForAFolderThatIsGone(@TempDir Path folder) {
        assertThat(StateSpace.check(folder.resolve("gone")))
                .isInstanceOfSatisfying(
                        Check.Down.class, down -> assertThat(down.reason()).contains("gone cannot be looked at"));
    }
}
