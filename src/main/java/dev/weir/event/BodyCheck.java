package dev.weir.event;

import org.jspecify.annotations.Nullable;

/** Holds the body against what Weir itself needs of it; everything else is Grok's to judge. No content is ever told. */
final class BodyCheck {
    private static final String ROUTE = "/chat/completions";

    private final EventScan scan;
    private final Problems problems;

    BodyCheck(EventScan scan, Problems problems) {
        this.scan = scan;
        this.problems = problems;
    }

    /** The model the body names, or an empty text after adding a problem. Adds every other problem of the body too. */
    String model() {
        JsonValue body = scan.top("body");
        if (!scan.isBare() && (body == null || !body.isObject())) {
            String cure = "give a chat-completions body with model and messages";
            problems.add(body == null ? Problem.missing("body", cure) : Problem.invalid("body", body.kind(), cure));
            return "";
        }
        checkBatchLine();
        JsonValue model = scan.inBody("model");
        checkModel(model);
        checkMessages(scan.inBody("messages"));
        return model == null ? "" : model.text();
    }

    private void checkBatchLine() {
        if (scan.isBare()) {
            return;
        }
        JsonValue url = scan.top("url");
        if (url != null && !(url.isString() && url.text().endsWith(ROUTE))) {
            problems.add(Problem.invalid("url", url.shown(), "only /v1" + ROUTE + " is served"));
        }
        JsonValue method = scan.top("method");
        if (method != null && !(method.isString() && method.text().equals("POST"))) {
            problems.add(Problem.invalid("method", method.shown(), "use POST or leave it out"));
        }
    }

    private void checkModel(@Nullable JsonValue model) {
        String cure = "name a model, for example \"grok-4.5\"";
        if (model == null) {
            problems.add(Problem.missing(field("model"), cure));
        } else if (!model.isString()) {
            problems.add(Problem.invalid(field("model"), model.shown(), cure));
        } else {
            problems.add(Texts.check(field("model"), model.text()).orElse(null));
        }
    }

    private void checkMessages(@Nullable JsonValue messages) {
        String cure = "give an array with at least one message";
        if (messages == null) {
            problems.add(Problem.missing(field("messages"), cure));
        } else if (!messages.isArray() || !messages.hasChildren()) {
            problems.add(Problem.invalid(field("messages"), messages.kind(), cure));
        }
    }

    private String field(String name) {
        return scan.isBare() ? name : "body." + name;
    }
}
