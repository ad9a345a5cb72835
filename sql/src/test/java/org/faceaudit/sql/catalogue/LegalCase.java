package org.faceaudit.sql.catalogue;

import java.util.List;

/**
 * One row of {@code regulation-cases.csv}: a case that a careful lawyer would raise.
 *
 * @param knownGap a rule's id, a colon and words of its known gaps; empty when tests show the case whole
 */
record LegalCase(String section, String name, String outcome, List<String> tests, String knownGap) {}
