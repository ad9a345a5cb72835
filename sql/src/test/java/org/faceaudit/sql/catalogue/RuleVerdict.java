package org.faceaudit.sql.catalogue;

/** One row of {@code verdict.csv}: which verdict a rule gives, and when, in both languages. */
record RuleVerdict(String ruleId, String verdict, String whenZh, String whenEn) {}
