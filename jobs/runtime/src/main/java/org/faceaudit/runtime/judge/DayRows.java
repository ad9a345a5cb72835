package org.faceaudit.runtime.judge;

import org.faceaudit.core.law.LegalDay;
import org.faceaudit.runtime.sink.RowDraft;

/**
 * Rows of which a scope has one for each of many legal days. They are drafted only if something is to be written: most say today
 * what they said yesterday.
 */
public interface DayRows {

    /** No rows. */
    DayRows NONE = new DayRows() {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public LegalDay day(int number) {
            throw new IndexOutOfBoundsException(number);
        }

        @Override
        public long content(int number) {
            throw new IndexOutOfBoundsException(number);
        }

        @Override
        public RowDraft draft(int number) {
            throw new IndexOutOfBoundsException(number);
        }

        @Override
        public RowDraft none(LegalDay day) {
            throw new IllegalStateException("no row was ever said");
        }
    };

    int size();

    /** The day of a row; they are in order. */
    LegalDay day(int number);

    /** 64 bits that are equal only for equal content, for all practical purposes. */
    long content(int number);

    /** The row. */
    RowDraft draft(int number);

    /** A row of a day that has none any more, for its farewell. */
    RowDraft none(LegalDay day);
}
