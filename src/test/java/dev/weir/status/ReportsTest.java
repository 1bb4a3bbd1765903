package dev.weir.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.status.ScopeReport.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportsTest {
    @Test
    void shouldTellTheEarliestStartByTheLimit() {
        ScopeReport report = Reports.of(Statuses.waiting("m", 5, 2, 1_000), List.of("0-1", "0-2", "1-7"), "gateway-1");

        assertThat(report.line())
                .containsExactly(new Place("0-1", 1, 1_000L), new Place("0-2", 2, 1_000L), new Place("1-7", 3, 2_000L));
        assertThat(report.isWholeLine()).isFalse();
        assertThat(report.requestsPerSecond()).isEqualTo(2);
        assertThat(report.instance()).isEqualTo("gateway-1");
    }

    @Test
    void shouldTellTheEarliestStartBehindAPause() {
        ScopeReport report = Reports.of(Statuses.paused("m", 3, 2, 1_000, 9_000), List.of("0-1", "0-2", "1-7"), "i");

        assertThat(report.binding()).isEqualTo("pause");
        assertThat(report.line()).extracting(Place::notBefore).containsExactly(9_000L, 9_000L, 10_000L);
        assertThat(report.isWholeLine()).isTrue();
    }

    @Test
    void shouldTellNoStartWithoutLimit() {
        assertThat(Reports.of(Statuses.waiting("m", 1, 0, 1_000), List.of("0-1"), "i")
                        .line())
                .containsExactly(new Place("0-1", 1, null));
    }

    @Test
    void shouldReadWhatItWroteAndWhatOtherVersionsWrite() {
        ScopeReport report = Reports.of(Statuses.paused("m", 3, 2, 1_000, 9_000), List.of("0-1"), "i");
        assertThat(ReportCodec.read(ReportCodec.write(report))).contains(report);

        assertThat(ReportCodec.read("{\"scope\":\"m\",\"later\":[1],\"waiting\":3}".getBytes(UTF_8)))
                .hasValueSatisfying(read -> {
                    assertThat(read.waiting()).isEqualTo(3);
                    assertThat(read.line()).isEmpty();
                });
        assertThat(ReportCodec.read("x".getBytes(UTF_8))).isEmpty();
    }
}
