package dev.weir.permit;

/**
 * What a permit is for: one try of one request. Try counts every ask, charged or not, so a key is never used twice.
 *
 * @param origin the requests partition, 0 or more
 * @param offset the request's offset in it, 0 or more
 * @param tryNumber which ask of the request, from 1
 */
public record LeaseKey(int origin, long offset, int tryNumber) {
    /** The request, whatever the try: {@code origin-offset}. */
    public String request() {
        return origin + "-" + offset;
    }

    @Override
    public String toString() {
        return origin + "-" + offset + "/" + tryNumber;
    }
}
