package dev.weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.deadletter.DeadLetterRecord;
import dev.weir.deadletter.LetterFacts;
import dev.weir.event.Blob;
import java.time.Instant;

/** Dead letters as JSON lines, without their values. */
final class LetterJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LetterJson() {}

    static String line(DeadLetterRecord letter) {
        ObjectNode line = JSON.createObjectNode();
        line.put("letter", letter.at().toString());
        line.put("diedAt", Instant.ofEpochMilli(letter.timestampMillis()).toString());
        line.put("stray", letter.facts().isEmpty());
        letter.facts().ifPresent(facts -> put(line, facts));
        Blob value = letter.value();
        line.put("valueBytes", value == null ? null : (Integer) value.size());
        return line.toString();
    }

    private static void put(ObjectNode line, LetterFacts facts) {
        line.put("id", facts.id());
        line.put("reason", facts.reason());
        line.put("class", facts.stopClass());
        line.put("message", facts.message());
        line.put("httpStatus", facts.httpStatus());
        line.put("attempts", facts.attempts());
        line.put("receivedAt", Instant.ofEpochMilli(facts.firstSeenMillis()).toString());
        Long notBefore = facts.notBeforeMillis();
        line.put(
                "notBefore",
                notBefore == null ? null : Instant.ofEpochMilli(notBefore).toString());
        line.put("tenant", facts.tenant());
        line.put("model", facts.model());
        line.put("redrives", facts.redrives());
        line.put("replay", facts.replay());
        line.putObject("source")
                .put("topic", facts.source().topic())
                .put("partition", facts.source().partition())
                .put("offset", facts.source().offset());
    }
}
