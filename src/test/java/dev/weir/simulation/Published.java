package dev.weir.simulation;

/** A request record as it was published; a null deadline or id means none. */
record Published(int partition, long offset, String id, String scope, Long deadlineMillis, boolean junk) {
    String source() {
        return Topics.REQUESTS + "-" + partition + "-" + offset;
    }
}
