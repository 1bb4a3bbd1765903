package dev.weir.topic;

/** What is wrong with a topic, and the cure, each in words that follow on the topic's name. */
public record Finding(String topic, String problem, String cure) {
    /** Both in one line. */
    public String line() {
        return topic + " " + problem + "; " + cure;
    }
}
