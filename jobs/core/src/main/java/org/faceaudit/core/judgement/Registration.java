package org.faceaudit.core.judgement;

import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.FilingKind;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Operator;
import org.faceaudit.core.law.Registry;

/** How far an operator had come with its initial filing. In order: the later includes the earlier. */
enum Registration {
    /** Nothing was submitted, or what was submitted was withdrawn. */
    NONE,
    /** Submitted, and returned or sent to the wrong authority. */
    TRIED,
    /** Submitted to the right authority, and neither accepted nor returned. */
    PENDING,
    ACCEPTED;

    /**
     * The best that an initial filing had come to.
     *
     * @param after submissions up to this day belong to an earlier cycle, {@code null} for none
     * @param before submissions from this day on are left out
     * @param on the legal day on which acceptance and return are looked at
     * @param today the legal day up to which the registry is known
     */
    static Registration of(
            String operator, Registry registry, LegalDay after, LegalDay before, LegalDay on, LegalDay today) {
        Operator filer = Submissions.filer(operator, registry);
        Registration best = NONE;
        for (Filing filing : registry.filings(operator)) {
            boolean within = (after == null || filing.submittedOn().isAfter(after))
                    && filing.submittedOn().isBefore(before)
                    && !filing.submittedOn().isAfter(today);
            if (filing.kind() != FilingKind.INITIAL || !within || filing.withdrawnBy(today)) {
                continue;
            }
            Registration here = of(filing, registry.rightAuthority(filing, filer), on);
            best = here.compareTo(best) > 0 ? here : best;
        }
        return best;
    }

    private static Registration of(Filing filing, boolean rightAuthority, LegalDay on) {
        if (!rightAuthority || filing.returnedBy(on)) {
            return TRIED;
        }
        return filing.acceptedBy(on) ? ACCEPTED : PENDING;
    }
}
