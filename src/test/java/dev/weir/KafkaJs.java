package dev.weir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** KafkaJS with its registry client, run by Node.js; npm installs it from the lock file. */
final class KafkaJs {
    private KafkaJs() {}

    /** Publishes so many requests in Avro; the responses as one line of JSON each. */
    static List<String> roundTrip(World world, String registryUrl, int count) throws IOException, InterruptedException {
        Npm npm = Npm.install("kafkajs", "kafkajs", "package.json", "package-lock.json", "roundtrip.js");
        return npm.run(
                "node",
                "roundtrip.js",
                world.kafka.bootstrapServers(),
                registryUrl,
                world.topics.requests(),
                world.topics.responses(),
                Path.of("schemas/GrokRequest.avsc").toAbsolutePath().toString(),
                Integer.toString(count));
    }
}
