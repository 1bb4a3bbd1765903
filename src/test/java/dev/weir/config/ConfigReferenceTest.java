package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReferenceTest {
    private static final Path SAMPLE = Path.of("config", "weir.properties");

    @Test
    void shouldKeepTheSampleFileEqualToTheTableOfKeys() throws Exception {
        Path generated = Path.of("target", "weir.properties");
        Files.writeString(generated, ConfigReference.sample());
        assertThat(SAMPLE).as("the generated one is " + generated).hasSameTextualContentAs(generated);
    }

    @Test
    void shouldShipASampleThatLoadsAsItIsAndWithEveryFixedKeyUncommented(@TempDir Path folder) throws Exception {
        String defaults = ConfigLoader.load(null, List.of(), Map.of()).describe();
        assertThat(ConfigLoader.load(SAMPLE, List.of(), Map.of()).describe()).isEqualTo(defaults);

        String uncommented = Files.readString(SAMPLE).replaceAll("(?m)^#([a-z0-9.]+=)", "$1");
        Path file = Files.writeString(folder.resolve("all.properties"), uncommented);
        assertThat(ConfigLoader.load(file, List.of(), Map.of()).describe()).isEqualTo(defaults);
        assertThat(uncommented.lines().filter(line -> line.matches("[a-z0-9.]+=.*")))
                .hasSameSizeAs(ConfigKeys.all());
    }

    @Test
    void shouldGiveEveryKeyOneRowWithAMeaning() {
        List<String> rows = ConfigReference.markdown().lines().toList();
        assertThat(rows).hasSize(2 + ConfigKeys.all().size() + KeyForms.ALL.size());
        assertThat(rows).allSatisfy(row -> assertThat(row.split("\\|")).hasSize(5));
        assertThat(ConfigKeys.all())
                .allSatisfy(key -> assertThat(key.documentation).endsWith("."));
    }
}
