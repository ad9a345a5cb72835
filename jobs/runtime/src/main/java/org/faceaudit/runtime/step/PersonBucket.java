package org.faceaudit.runtime.step;

/** The pages of one bucket, as {@link PersonPages} finds and leaves them. */
interface PersonBucket {

    /** The only page of a small bucket, or the number of pages of a larger one; {@code null} of nobody. */
    PersonPage root() throws Exception;

    /** Puts another root in its place. */
    void root(PersonPage root) throws Exception;

    /** A page of a larger bucket; {@code null} if nobody is there. */
    PersonPage page(int place) throws Exception;

    /** Puts another page in its place; {@code null} if nobody is there any more. */
    void page(int place, PersonPage page) throws Exception;
}
