package dev.weir.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.weir.guarantee.Evidence;
import dev.weir.guarantee.Guarantees;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The disk of the state is full: the gateway says so, and loses nothing once there is room. Wants a mount of its own.
 */
@EnabledOnOs(OS.LINUX)
final class DiskFullIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int REQUESTS = 300;

    @Test
    void shouldTellOfAFullDiskAndLoseNothing() throws IOException {
        Path state = Path.of("target", "chaos", "disk-full", "state-a");
        try (ProcessHouse house = new ProcessHouse(
                        "disk-full",
                        List.of("--latency", "fixed:50", "--rps", "100000"),
                        "topics.partitions=2",
                        "quota.default.requests.per.second=100");
                Mount mount = Mount.of(state);
                Load load = new Load(house.clients(), house.topics().requests())) {
            Witness witness = new Witness(house);
            Child gateway = house.startGateway("a");
            load.publish(REQUESTS);
            await().atMost(PATIENCE).until(() -> witness.answered() >= REQUESTS / 10);

            mount.fill();
            assertThat(Files.getFileStore(state).getUsableSpace())
                    .as("room left")
                    .isLessThan(100_000);
            load.publish(REQUESTS);
            await().atMost(PATIENCE)
                    .until(() -> witness.readiness().values().stream()
                            .anyMatch(reasons -> reasons.toString().contains("free some space")));
            gateway.kill();
            Child refused = house.launchGateway("a");
            await().atMost(PATIENCE).until(() -> !refused.isAlive());
            assertThat(refused.output().lines().filter(line -> line.startsWith("weir: ")))
                    .singleElement()
                    .asString()
                    .contains("free some space");

            mount.empty();
            Child second = house.startGateway("a");
            Evidence evidence = witness.evidence(PATIENCE);
            Guarantees.check(
                    "target/chaos/disk-full",
                    evidence,
                    Guarantees.oneOutcomeEach(load.accepted()),
                    Guarantees.repeatsAtMost(100),
                    Guarantees.allReady(1));
            assertThat(second.terminate(PATIENCE)).as("exit code after SIGTERM").isIn(0, 143);
        }
    }

    /** A file system of its own in memory. */
    private record Mount(Path folder) implements AutoCloseable {
        static Mount of(Path folder) throws IOException {
            Files.createDirectories(folder);
            int code = run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", folder.toString());
            assumeThat(code).as("exit code of mount, which wants root").isZero();
            return new Mount(folder);
        }

        void fill() throws IOException {
            byte[] block = new byte[4_096];
            try (OutputStream out = Files.newOutputStream(filler())) {
                while (true) {
                    out.write(block);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No space left");
            }
        }

        void empty() throws IOException {
            Files.delete(filler());
        }

        private Path filler() {
            return folder.resolve("filler");
        }

        @Override
        public void close() throws IOException {
            run("umount", "-l", folder.toString());
        }

        private static int run(String... command) throws IOException {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.onExit().join().exitValue();
        }
    }
}
