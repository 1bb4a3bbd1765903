package dev.weir.grok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiKeySourceTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTrimAFixedKeyAndNeverShowIt() {
        ApiKeySource source = ApiKeySource.fixed(" xai-secret\n");

        assertThat(source.key()).isEqualTo("xai-secret");
        assertThat(source.toString()).doesNotContain("secret");
        assertThatThrownBy(() -> ApiKeySource.fixed(" ")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> ApiKeySource.fixed("xai-a\r\nx: y"))
                .hasMessageContaining("line breaks")
                .hasMessageNotContaining("xai-a");
    }

    @Test
    void shouldReadAReplacedKey() throws IOException {
        Path file = write("xai-one\n", 1);
        ApiKeySource source = ApiKeySource.file(file);
        assertThat(source.key()).isEqualTo("xai-one");

        write("xai-two\n", 2);

        assertThat(source.key()).isEqualTo("xai-two");
        assertThat(source.toString()).contains("key.txt").doesNotContain("xai");
    }

    @Test
    void shouldKeepTheLastKeyWhileTheFileIsUnusable() throws IOException {
        Path file = write("xai-one", 1);
        ApiKeySource source = ApiKeySource.file(file);

        write("", 2);
        assertThat(source.key()).isEqualTo("xai-one");
        Files.delete(file);
        assertThat(source.key()).isEqualTo("xai-one");
        write("xai-two", 3);
        assertThat(source.key()).isEqualTo("xai-two");
    }

    @Test
    void shouldNameTheFileThatHoldsNoKey() throws IOException {
        Path empty = write(" \n", 1);
        Path absent = folder.resolve("absent");

        assertThatThrownBy(() -> ApiKeySource.file(empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key.txt is empty");
        assertThatThrownBy(() -> ApiKeySource.file(absent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absent cannot be read");
        assertThatThrownBy(() -> ApiKeySource.file(folder)).isInstanceOf(IllegalArgumentException.class);
    }

    private Path write(String content, int version) throws IOException {
        Path file = Files.writeString(folder.resolve("key.txt"), content);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_790_000_000L + version)));
    }
}
