package org.faceaudit.bench;

/**
 * How large everything is.
 *
 * @param rounds that count
 * @param decoded records for the decoders
 * @param small records of the smaller run of a slope
 * @param large records of the larger one
 * @param manySmall operators of the smaller run of many operators
 * @param manyLarge operators of the larger one
 * @param rowsOfMany rows of each of many operators
 * @param stored rows of the larger run whose state is weighed
 * @param cuts cuts of a live run
 * @param presence rows of which presence alone is kept at scale
 * @param snapshot rows of the snapshots that a process of bounded memory absorbs
 * @param memoryMib all memory of that process
 */
public record Scale(
        int rounds,
        int decoded,
        int small,
        int large,
        int manySmall,
        int manyLarge,
        int rowsOfMany,
        int stored,
        int cuts,
        int presence,
        int snapshot,
        int memoryMib) {

    /** For a headline: about two hours on two cores that nobody else uses, most of them for RocksDB and the snapshots of 10^7. */
    public static Scale whole() {
        return new Scale(7, 100_000, 200_000, 1_000_000, 20, 100, 10_000, 1_000_000, 40, 10_000_000, 10_000_000, 4_096);
    }

    /** To see that everything runs, and the order of magnitude: some minutes. */
    public static Scale quick() {
        return new Scale(3, 20_000, 20_000, 100_000, 4, 20, 5_000, 200_000, 10, 200_000, 200_000, 2_048);
    }

    /** The same with other numbers of rows at scale. */
    public Scale atScale(int rows) {
        return new Scale(
                rounds, decoded, small, large, manySmall, manyLarge, rowsOfMany, stored, cuts, rows, rows, memoryMib);
    }

    /** The same with another number of rounds that count. */
    public Scale withRounds(int count) {
        return new Scale(
                count,
                decoded,
                small,
                large,
                manySmall,
                manyLarge,
                rowsOfMany,
                stored,
                cuts,
                presence,
                snapshot,
                memoryMib);
    }
}
