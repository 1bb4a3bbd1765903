package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.ConfigReference;
import dev.weir.event.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the README's tables against the code. {@code mvn test -Dtest=ReadmeTest -Dreadme.update} writes them anew. */
final class ReadmeTest {
    private static final Path README = Path.of("README.md");

    @Test
    void shouldListEveryReason() throws IOException {
        List<String> lines = new ArrayList<>(List.of("| reason | owner | cause | cure |", "|---|---|---|---|"));
        for (Reason reason : Reason.values()) {
            lines.add("| `" + reason.id() + "` | " + reason.owner().wireName() + " | " + reason.cause() + " | "
                    + reason.cure() + " |");
        }
        assertBlock("reasons", String.join("\n", lines));
    }

    @Test
    void shouldListEveryConfigurationKey() throws IOException {
        assertBlock("config", ConfigReference.markdown());
    }

    private static void assertBlock(String name, String expected) throws IOException {
        String readme = Files.readString(README);
        String begin = "<!-- " + name + ":begin -->\n";
        String end = "<!-- " + name + ":end -->";
        int from = readme.indexOf(begin) + begin.length();
        int to = readme.indexOf(end);
        assertThat(to).as("the markers of " + name).isGreaterThanOrEqualTo(from);
        if (System.getProperty("readme.update") != null) {
            Files.writeString(README, readme.substring(0, from) + expected + "\n" + readme.substring(to));
            return;
        }
        assertThat(readme.substring(from, to).strip()).isEqualTo(expected.strip());
    }
}
