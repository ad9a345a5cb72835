package org.faceaudit.sql.catalogue;

/**
 * One row of {@code title.csv}: a law or standard and its English title.
 *
 * @param whole whether the catalogue lists it clause by clause, with nothing left out
 */
record TextTitle(String law, String titleEn, boolean whole) {}
