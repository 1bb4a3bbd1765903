package dev.weir.chaos;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.guarantee.Evidence;
import dev.weir.guarantee.GrokCallSeen;
import dev.weir.verify.Verifier;
import dev.weir.verify.VerifyReport;
import dev.weir.verify.VerifySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** Collects what the processes of a house show: topics, journal and readiness. */
final class Witness {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProcessHouse house;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    Witness(ProcessHouse house) {
        this.house = house;
    }

    /** Waits for readiness, at most that long for open requests, for readiness again, and tells all. */
    Evidence evidence(Duration patience) {
        VerifySettings settings = new VerifySettings(
                house.clients(), "grok.", dev.weir.event.EventTranslator.json(), house.simulator(), true, patience);
        awaitReady();
        keepMetrics("before");
        VerifyReport report = Verifier.verify(settings, System::nanoTime, unused -> {});
        keepMetrics("after");
        house.keep("journal.jsonl", get(house.simulator() + "/_sim/journal").body());
        awaitReady();
        Evidence evidence = new Evidence(report, calls(), readiness());
        house.note(report + " calls by outcome "
                + evidence.calls().stream()
                        .collect(Collectors.groupingBy(GrokCallSeen::outcome, TreeMap::new, Collectors.counting()))
                + " not ready " + evidence.notReady());
        return evidence;
    }

    /** The calls of the journal. */
    List<GrokCallSeen> calls() {
        List<GrokCallSeen> calls = new ArrayList<>();
        get(house.simulator() + "/_sim/journal").body().lines().forEach(line -> {
            JsonNode call = json(line);
            calls.add(new GrokCallSeen(
                    call.path("client_request_id").asText(),
                    call.path("monotonic_nanos").asLong(),
                    call.path("outcome").asText(),
                    call.path("answered").asBoolean()));
        });
        return calls;
    }

    /** How many calls Grok has answered with success so far. */
    long answered() {
        return json(get(house.simulator() + "/_sim/stats").body()).path("ok").asLong();
    }

    /** How many calls Grok has under way. */
    long inFlight() {
        return calls().stream()
                .filter(call -> call.outcome().equals("in_flight"))
                .count();
    }

    /** How many partitions each member of dispatch's group owns. */
    List<Integer> shares() {
        try (Admin admin = Admin.create(house.clients())) {
            return admin
                    .describeConsumerGroups(List.of("weir-dispatch"))
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(group -> group.members().stream())
                    .map(member -> member.assignment().topicPartitions().size())
                    .sorted()
                    .toList();
        } catch (ExecutionException | TimeoutException e) {
            return List.of(); // no coordinator for the moment
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for the group", e);
        }
    }

    /** Keeps what every gateway that runs counts at this moment. */
    void keepMetrics(String moment) {
        house.gateways().forEach((name, gateway) -> {
            try {
                house.keep(
                        "metrics-" + moment + "-" + name + ".txt",
                        get(ProcessHouse.healthUrl(gateway) + "/metrics").body());
            } catch (UncheckedIOException e) {
                house.note("no metrics of " + name + ": " + e.getCause());
            }
        });
    }

    /** Returns when every gateway that runs is ready, or after a while. */
    void awaitReady() {
        try {
            await().pollInterval(Duration.ofMillis(200))
                    .atMost(Duration.ofSeconds(180))
                    .until(() -> {
                        house.supervise();
                        return readiness().values().stream().allMatch(List::isEmpty);
                    });
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            return; // the guarantee says which and why
        }
    }

    /** Why each gateway that runs is not ready, by name; empty where it is. */
    Map<String, List<String>> readiness() {
        Map<String, List<String>> all = new TreeMap<>();
        house.gateways().forEach((name, gateway) -> all.put(name, complaints(gateway)));
        return all;
    }

    private List<String> complaints(Child gateway) {
        try {
            HttpResponse<String> answer = get(ProcessHouse.healthUrl(gateway) + "/health/ready");
            return answer.statusCode() == 200 ? List.of() : List.of(answer.body());
        } catch (UncheckedIOException e) {
            return List.of(String.valueOf(e.getCause()));
        } catch (AssertionError e) {
            return List.of(gateway.name() + " has ended");
        }
    }

    private HttpResponse<String> get(String url) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + url, e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
