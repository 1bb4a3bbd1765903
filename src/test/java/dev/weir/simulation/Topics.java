package dev.weir.simulation;

import dev.weir.GatewayTopology.AdmissionTopics;
import dev.weir.GatewayTopology.DispatchTopics;
import dev.weir.GatewayTopology.RetryTopic;
import java.util.List;
import java.util.stream.Stream;

/** The topics of the simulated gateway. */
final class Topics {
    static final String REQUESTS = "grok.requests";
    static final String INBOX = "grok.permits.inbox";
    static final String ASKS = "grok.permits.asks";
    static final String CONTROL = "grok.control";
    static final String RESPONSES = "grok.responses";
    static final String DEAD_LETTERS = "grok.dlq";
    static final List<RetryTopic> RETRIES = Stream.of("1s", "10s", "1m")
            .map(tier -> new RetryTopic(tier, "grok.retry." + tier))
            .toList();

    private Topics() {}

    static DispatchTopics dispatch(int partitions) {
        return new DispatchTopics(REQUESTS, INBOX, RESPONSES, DEAD_LETTERS, RETRIES, partitions);
    }

    static AdmissionTopics admission() {
        return new AdmissionTopics(ASKS, CONTROL, INBOX);
    }

    static List<String> ofDispatch() {
        return Stream.concat(
                        Stream.of(RESPONSES, DEAD_LETTERS), RETRIES.stream().map(RetryTopic::topic))
                .toList();
    }
}
