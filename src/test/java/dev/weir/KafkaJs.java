package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** KafkaJS with its registry client, run by Node.js; npm installs it from the lock file. */
final class KafkaJs {
    private static final Path SOURCE = Path.of("src/test/kafkajs");
    private static final Path FOLDER = Path.of("target/kafkajs").toAbsolutePath();

    private KafkaJs() {}

    /** Publishes so many requests in Avro; the responses as one line of JSON each. */
    static List<String> roundTrip(World world, String registryUrl, int count) throws IOException, InterruptedException {
        install();
        return run(
                "node",
                "roundtrip.js",
                world.kafka.bootstrapServers(),
                registryUrl,
                world.topics.requests(),
                world.topics.responses(),
                Path.of("schemas/GrokRequest.avsc").toAbsolutePath().toString(),
                Integer.toString(count));
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        for (String name : List.of("package.json", "package-lock.json", "roundtrip.js")) {
            Files.copy(SOURCE.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(FOLDER.resolve("node_modules/kafkajs"))) {
            run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        }
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        Path out = FOLDER.resolve("out.txt");
        Path err = FOLDER.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as("%s: %s", String.join(" ", command), Files.readString(err))
                .isTrue();
        return Files.readAllLines(out);
    }
}
