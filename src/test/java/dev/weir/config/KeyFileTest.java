package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFileTest {
    @TempDir
    private Path folder;

    @Test
    void shouldWarnOfAKeyFileThatEverybodyMayRead() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "xai-secret");
        WeirConfig config =
                ConfigLoader.load(null, List.of("bootstrap.servers=a:1", "grok.api.key.file=" + file), Map.of());

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(config.keyFileWarning())
                .hasValueSatisfying(line ->
                        assertThat(line).contains(file.toString(), "chmod o-r").doesNotContain("xai-secret"));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(config.keyFileWarning()).isEmpty();
    }

    @Test
    void shouldNotWarnWithoutAFile() {
        assertThat(ConfigLoader.load(null, List.of("bootstrap.servers=a:1"), Map.of())
                        .keyFileWarning())
                .isEmpty();
    }
}
