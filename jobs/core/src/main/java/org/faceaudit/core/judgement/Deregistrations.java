package org.faceaudit.core.judgement;

import java.util.TreeSet;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.FilingKind;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Operator;
import org.faceaudit.core.law.Registry;

/**
 * The legal days on which an operator was deregistered: of submissions to the right authority that are neither returned nor
 * withdrawn. Others, and those that are yet to come, end nothing.
 */
final class Deregistrations {

    private Deregistrations() {}

    /** @param today the legal day up to which the registry is known */
    static TreeSet<LegalDay> of(String operator, Registry registry, LegalDay today) {
        Operator filer = Submissions.filer(operator, registry);
        TreeSet<LegalDay> days = new TreeSet<>();
        for (Filing filing : registry.filings(operator)) {
            if (filing.kind() == FilingKind.DEREGISTRATION
                    && registry.rightAuthority(filing, filer)
                    && !filing.submittedOn().isAfter(today)
                    && filing.lastDay(today) == null) {
                days.add(filing.submittedOn());
            }
        }
        return days;
    }
}
