package org.faceaudit.core.judgement;

/** The families of judgements; a job may run all of them or some. */
public enum Family {
    /** Is a face the only way in? */
    ACCESS,
    /** Are raw images kept too long? */
    IMAGES,
    /** How many persons are stored, and what must be filed when? */
    PERSONS
}
