package dev.weir.simulator;

import java.util.List;

/**
 * A generated answer.
 *
 * @param id of the answer
 * @param choices one or more
 * @param promptTokens with the cached ones
 * @param cachedTokens of the prompt
 * @param completionTokens without reasoning
 * @param reasoningTokens beside the completion tokens
 */
record Completion(
        String id,
        List<Choice> choices,
        int promptTokens,
        int cachedTokens,
        int completionTokens,
        int reasoningTokens) {
    Completion {
        choices = List.copyOf(choices);
    }

    long totalTokens() {
        return (long) promptTokens + completionTokens + reasoningTokens;
    }

    long outputTokens() {
        return (long) completionTokens + reasoningTokens;
    }

    /** The same with no content in any choice, as the service sometimes answers. */
    Completion empty() {
        List<Choice> bare =
                choices.stream().map(c -> (Choice) new Choice.Text("", "stop")).toList();
        return new Completion(id, bare, promptTokens, cachedTokens, 0, reasoningTokens);
    }

    /** One answer among {@code n}. */
    sealed interface Choice {
        /** Why it ends. */
        String finishReason();

        /** What counts as completion tokens. */
        String visible();

        /** A text and why it ends. */
        record Text(String content, String finishReason) implements Choice {
            @Override
            public String visible() {
                return content;
            }
        }

        /** A call of a tool with arguments in JSON. */
        record ToolCall(String id, String name, String arguments) implements Choice {
            @Override
            public String finishReason() {
                return "tool_calls";
            }

            @Override
            public String visible() {
                return name + arguments;
            }
        }
    }
}
