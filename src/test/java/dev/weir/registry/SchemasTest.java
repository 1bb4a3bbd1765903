package dev.weir.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.registry.RegistryAnswer.Found;
import dev.weir.registry.RegistryAnswer.Refused;
import dev.weir.registry.RegistryAnswer.Unavailable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SchemasTest {
    private static final SchemaRef REF = new SchemaRef.ById(7);

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private volatile RegistryAnswer<String> next = new Found<>("schema");
    private final Schemas<String> schemas = new Schemas<>(this::ask, nanos::get);

    private RegistryAnswer<String> ask(SchemaRef ref) {
        RegistryAnswer<String> answer = next;
        asked.incrementAndGet();
        return answer;
    }

    @AfterEach
    void close() {
        schemas.close();
    }

    @Test
    void shouldFetchOnceAndKeepForGood() {
        assertThat(schemas.find(REF)).isInstanceOf(Unavailable.class);
        awaitAnswer(next);

        next = new Unavailable<>("down");
        nanos.addAndGet(Duration.ofDays(1).toNanos());

        assertThat(schemas.find(REF)).isEqualTo(new Found<>("schema"));
        assertThat(asked).hasValue(1);
        assertThat(schemas.failure()).isEmpty();
    }

    @Test
    void shouldAskAgainAfterASecondWhileTheRegistryIsDown() {
        next = new Unavailable<>("down");
        schemas.find(REF);
        awaitAnswer(next);
        assertThat(schemas.failure()).contains("down");
        assertThat(schemas.find(REF)).isEqualTo(next);
        assertThat(asked).hasValue(1);

        next = new Found<>("schema");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        awaitAnswer(next);

        assertThat(asked).hasValue(2);
        assertThat(schemas.failure()).isEmpty();
    }

    @Test
    void shouldAskAgainAfterAMinuteForAnUnknownSchema() {
        next = new Refused<>(404, 40403, "unknown");
        schemas.find(REF);
        awaitAnswer(next);
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(schemas.find(REF)).isEqualTo(next);

        next = new Found<>("schema");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(schemas.find(REF)).isInstanceOf(Unavailable.class);
        awaitAnswer(next);
    }

    private void awaitAnswer(RegistryAnswer<String> answer) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(schemas.find(REF)).isEqualTo(answer));
    }
}
