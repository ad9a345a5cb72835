package org.faceaudit.runtime.attempt;

/**
 * What a bucket of a source's attempts knows beside them.
 *
 * @param pages on how many pages they are remembered, from 1
 * @param newest commit of the newest change of the log, in nanoseconds since the epoch; 0 before the first
 * @param toldFrom the first legal day whose attempts by face were told, {@link Integer#MAX_VALUE} for none
 */
public record LogFile(int pages, long newest, int toldFrom) {

    public static final LogFile NEW = new LogFile(1, 0, Integer.MAX_VALUE);
}
