package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.ConfigLoader;
import dev.weir.config.ConfigReference;
import dev.weir.event.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the README, and the keys that documents name, against the code. {@code mvn test -Dtest=ReadmeTest
 * -Dreadme.update} writes them anew.
 */
final class ReadmeTest {
    private static final Path README = Path.of("README.md");

    /** Dotted names, but for the beginnings of families such as {@code tenant.weight.<tenant>}. */
    private static final Pattern DOTTED = Pattern.compile("\\b[a-z]+(?:\\.[a-z0-9]+)++(?!\\.?[<*\\w])");

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

    /** What begins like a key, with the same first two words, is one. */
    @ParameterizedTest
    @ValueSource(
            strings = {"README.md", "docs/asyncapi.yaml", "schemas/request.schema.json", "schemas/response.schema.json"
            })
    void shouldNameOnlyKeysThatThereAre(String document) throws IOException {
        Set<String> beginnings = names(ConfigReference.markdown())
                .filter(ConfigLoader::isKey)
                .map(ReadmeTest::beginning)
                .collect(Collectors.toSet());
        assertThat(names(Files.readString(Path.of(document))))
                .filteredOn(name -> beginnings.contains(beginning(name)))
                .allMatch(ConfigLoader::isKey);
    }

    private static Stream<String> names(String text) {
        return DOTTED.matcher(text).results().map(MatchResult::group);
    }

    private static String beginning(String name) {
        return name.replaceFirst("(\\.[^.]+)\\..*", "$1");
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
