package dev.weir.grok;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Usage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class AnswerBodyTest {
    private static final String END = ",\"usage\":{\"prompt_tokens\":5},\"tier\":{\"usage\":1}}";

    @Test
    void shouldFindTheUsageHoweverTheBodyIsCut() {
        byte[] whole = ("{\"content\":\"" + "ä".repeat(8_000) + "\"" + END).getBytes(UTF_8);
        for (int piece : new int[] {1, 7, 1_000, 8_192, 8_200, whole.length}) {
            AnswerBody body = new AnswerBody(5_000);
            for (int at = 0; at < whole.length; at += piece) {
                assertThat(body.append(Arrays.copyOfRange(whole, at, Math.min(whole.length, at + piece))))
                        .isTrue();
            }

            assertThat(body.isTooLarge()).isTrue();
            assertThat(body.kept().size()).as("pieces of %d", piece).isLessThanOrEqualTo(5_000);
            assertThat(body.usage()).as("pieces of %d", piece).isEqualTo(new Usage(5, 0, 0, 0, 5, null));
        }
    }

    @Test
    void shouldNotTellTheUsageOfABodyThatIsCutOff() {
        AnswerBody body = new AnswerBody(10);

        assertThat(body.append(("{\"a\":1" + END.substring(0, 30)).getBytes(UTF_8)))
                .isTrue();
        assertThat(body.usage()).isNull();
        assertThat(body.append(new byte[10]))
                .as("more than four times the bound")
                .isFalse();
    }
}
