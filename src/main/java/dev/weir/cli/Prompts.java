package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.event.Blob;
import dev.weir.event.EventTranslator;
import dev.weir.event.RequestReader;
import dev.weir.event.SourceCoordinates;
import dev.weir.event.WeirHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The example requests of a JSONL file, over and over. Threading: any. */
final class Prompts {
    private final List<String> lines;

    private Prompts(List<String> lines) {
        this.lines = lines;
    }

    static Prompts read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            if (lines.isEmpty()) {
                throw CliException.usage(file + " holds no requests; write one JSON object per line");
            }
            return new Prompts(lines);
        } catch (IOException e) {
            throw CliException.usage(file + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * The n-th request, from 0. When the file is through it starts again with ids of a later round, given as headers,
     * so that the bytes stay as they are and no request is taken for a repetition.
     */
    ProducerRecord<byte[], byte[]> request(String topic, int number, EventTranslator events) {
        String line = lines.get(number % lines.size());
        int round = number / lines.size() + 1;
        Blob value = Blob.utf8(line);
        String id = RequestReader.read(value, List.of(), new SourceCoordinates("line", 0, number % lines.size()))
                .id();
        String roundId = round == 1 ? id : id + "-round-" + round;
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                topic, roundId.getBytes(UTF_8), published(value, events).bytes());
        if (round > 1) {
            message.headers().add(WeirHeaders.ID, roundId.getBytes(UTF_8));
        }
        return message;
    }

    /** A line that is no request, of which the examples have some, stays as it is in any format. */
    private static Blob published(Blob line, EventTranslator events) {
        try {
            return events.publish(line);
        } catch (IllegalArgumentException e) {
            return line;
        }
    }
}
