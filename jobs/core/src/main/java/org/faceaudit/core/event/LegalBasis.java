package org.faceaudit.core.event;

/** On what the processing of a person's information rests (PIPL 13 ¶1). */
public enum LegalBasis {
    /** The person's consent (1). */
    CONSENT,
    /** A contract to which the person is a party (2). */
    CONTRACT,
    /** Human resources management under labour rules or a collective contract (2). */
    HR,
    /** A statutory duty (3). */
    STATUTE,
    /** Public security, an emergency (Art. 13 of the Measures, PIPL 26). */
    PUBLIC_SECURITY,
    /** Any other that a law or administrative regulation names (5 to 7). */
    OTHER
}
