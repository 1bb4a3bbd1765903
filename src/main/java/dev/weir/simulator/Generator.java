package dev.weir.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/** Makes answers: the same seed and request give the same answer. */
final class Generator {
    private static final int CACHE_BLOCK = 512;
    private static final int CHARS_PER_TOKEN = 4;
    private static final int LONGEST_ECHO = 400;
    private static final List<String> WORDS = List.of(
            "the",
            "water",
            "held",
            "behind",
            "a",
            "weir",
            "finds",
            "its",
            "level",
            "and",
            "moves",
            "on",
            "at",
            "even",
            "pace",
            "while",
            "rain",
            "upstream",
            "may",
            "come",
            "all",
            "once",
            "or",
            "not");

    private final long seed;

    Generator(long seed) {
        this.seed = seed;
    }

    Completion complete(ChatRequest request) {
        SplittableRandom random =
                new SplittableRandom(seed ^ hash(request.body().toString()));
        List<Completion.Choice> choices = new ArrayList<>();
        int completionTokens = 0;
        int reasoningTokens = 0;
        for (int i = 0; i < request.choices(); i++) {
            Completion.Choice choice = choice(request, random);
            choices.add(choice);
            completionTokens += tokens(choice);
            reasoningTokens += reasoning(request.effort(), random);
        }
        int prompt = promptTokens(request.model(), request.body());
        // The prefix that the server itself adds is always in the cache, in whole blocks.
        int cached = request.model().overhead() / CACHE_BLOCK * CACHE_BLOCK;
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        return new Completion(id, choices, prompt, cached, completionTokens, reasoningTokens);
    }

    /** What the prompt of a request counts, with what the server adds. */
    static int promptTokens(GrokModel model, JsonNode body) {
        long chars = 0;
        for (JsonNode message : body.path("messages")) {
            chars += ChatRequest.text(message.path("content")).length() + CHARS_PER_TOKEN;
        }
        JsonNode tools = body.path("tools");
        chars += tools.isMissingNode() ? 0 : tools.toString().length();
        return model.overhead() + Math.toIntExact((chars + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN);
    }

    private static Completion.Choice choice(ChatRequest request, SplittableRandom random) {
        Optional<JsonNode> tool = ToolChoice.tool(request);
        if (tool.isPresent()) {
            return new Completion.Choice.ToolCall(
                    "call_" + Integer.toUnsignedString(random.nextInt(), 36),
                    tool.get().path("name").asText(),
                    SchemaFiller.fill(tool.get().path("parameters")).toString());
        }
        String content = content(request, random);
        int most = (int) Math.min(Integer.MAX_VALUE, (long) request.maxTokens() * CHARS_PER_TOKEN);
        return content.length() > most
                ? new Completion.Choice.Text(content.substring(0, most), "length")
                : new Completion.Choice.Text(content, "stop");
    }

    private static String content(ChatRequest request, SplittableRandom random) {
        JsonNode format = request.body().path("response_format");
        String asked = request.lastUserText();
        String echo = asked.length() > LONGEST_ECHO ? asked.substring(0, LONGEST_ECHO) + "..." : asked;
        return switch (format.path("type").asText("text")) {
            case "json_schema" ->
                SchemaFiller.fill(format.path("json_schema").path("schema")).toString();
            case "json_object" ->
                JsonNodeFactory.instance.objectNode().put("answer", echo).toString();
            default -> "Simulated " + request.model().id() + " on \"" + echo + "\": " + sentence(random);
        };
    }

    private static String sentence(SplittableRandom random) {
        int words = 8 + random.nextInt(60);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.append('.').toString();
    }

    private static int tokens(Completion.Choice choice) {
        return (choice.visible().length() + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN;
    }

    private static int reasoning(String effort, SplittableRandom random) {
        int typical = switch (effort.toLowerCase(Locale.ROOT)) {
            case "none" -> 0;
            case "low" -> 60;
            case "medium" -> 200;
            case "high" -> 500;
            default -> 1200;
        };
        return typical == 0 ? 0 : typical / 2 + random.nextInt(typical);
    }

    private static long hash(String text) {
        UUID digest = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        return digest.getMostSignificantBits() ^ digest.getLeastSignificantBits();
    }
}
