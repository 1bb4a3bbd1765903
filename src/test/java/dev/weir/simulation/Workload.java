package dev.weir.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.control.ControlCodec;
import dev.weir.control.ControlCommand;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The applications: publish requests of every kind, and take some back. */
final class Workload {
    /** How a request bounds its answer. */
    static final String BRIEF = "\"max_completion_tokens\":60";

    static final int BRIEF_TOKENS = 60;
    private static final String[] PRIORITIES = {"critical", "high", "normal", "low"};
    private static final String[] TENANTS = {"big", "small"};

    private final Timeline timeline;
    private final Broker broker;
    private final History history;
    private final int partitions;

    Workload(Timeline timeline, Broker broker, History history, int partitions) {
        this.timeline = timeline;
        this.broker = broker;
        this.history = history;
        this.partitions = partitions;
    }

    /** Plans so many requests within that time. */
    void plan(int requests, long spanMicros) {
        for (int i = 0; i < requests; i++) {
            int number = i;
            timeline.in(timeline.between(0, spanMicros), () -> publish(number));
        }
    }

    private void publish(int number) {
        int partition = (int) timeline.between(0, partitions - 1);
        String scope = scope();
        boolean junk = timeline.chance(0.03);
        String id = timeline.chance(0.7) ? "order-" + (timeline.chance(0.1) ? number / 2 : number) : null;
        Long deadline = timeline.chance(0.15)
                ? Long.valueOf(Simulation.WALL_START + timeline.nowMillis() + timeline.between(100, 30_000))
                : null;
        String value = junk ? "{\"no\":" : json(id, scope, deadline);
        long offset = broker.log(Topics.REQUESTS, partition).size();
        Published published = new Published(partition, offset, junk ? null : id, scope, junk ? null : deadline, junk);
        history.published.add(published);
        byte[] key = timeline.chance(0.5) ? ("key-" + number).getBytes(UTF_8) : null;
        broker.append(Topics.REQUESTS, partition, new LogRecord(key, value.getBytes(UTF_8), new RecordHeaders()));
        if (timeline.chance(0.08)) {
            String target = id == null ? published.source() : id;
            timeline.in(timeline.between(0, 8_000_000), () -> cancel(target));
        }
    }

    private String scope() {
        if (timeline.chance(0.3)) {
            return SimSettings.FREE;
        }
        return timeline.chance(0.6) ? "grok-4.5" : "grok-code";
    }

    private void cancel(String id) {
        history.cancelledIds.add(id);
        byte[] command = ControlCodec.write(new ControlCommand.Cancel(id, null));
        broker.append(Topics.CONTROL, 0, new LogRecord(id.getBytes(UTF_8), command, new RecordHeaders()));
    }

    private String json(String id, String scope, Long deadlineMillis) {
        StringBuilder json = new StringBuilder("{");
        if (id != null) {
            json.append("\"id\":\"").append(id).append("\",");
        }
        if (timeline.chance(0.5)) {
            json.append("\"tenant\":\"")
                    .append(TENANTS[(int) timeline.between(0, 1)])
                    .append("\",");
        }
        if (deadlineMillis != null) {
            json.append("\"deadline\":\"")
                    .append(java.time.Instant.ofEpochMilli(deadlineMillis))
                    .append("\",");
        }
        String content = timeline.chance(0.04) ? "refuse me" : "hello";
        return json.append("\"priority\":\"")
                .append(PRIORITIES[(int) timeline.between(0, 3)])
                .append("\",\"body\":{\"model\":\"")
                .append(scope)
                .append("\",\"messages\":[{\"role\":\"user\",\"content\":\"")
                .append(content)
                .append("\"}]")
                .append(timeline.chance(0.4) ? "," + BRIEF : "")
                .append("}}")
                .toString();
    }
}
