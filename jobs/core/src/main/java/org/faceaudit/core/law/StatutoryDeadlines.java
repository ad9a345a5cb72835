package org.faceaudit.core.law;

/** When the duties of Art. 15 of the Measures fall due. */
public final class StatutoryDeadlines {

    private static final String LEGACY_UNTIL = "filing.legacy-until";

    private StatutoryDeadlines() {}

    /**
     * The deadline of a duty by the parameters that hold on the trigger's day. A filing duty that arose up to {@code
     * filing.legacy-until} is due on {@code filing.legacy-due} in both conventions (announcement of 2025-05-28, §2(2)).
     */
    public static Deadline due(Duty duty, LegalDay trigger, Registry registry) {
        if (duty == Duty.FILING && legacyFiling(trigger, registry)) {
            LegalDay due = registry.day("filing.legacy-due", Registry.EVERYONE, trigger);
            return new Deadline(trigger, due, due, false, registry.calendar().version());
        }
        int days = registry.integer(duty.daysParameter(), Registry.EVERYONE, trigger);
        return registry.calendar().workingDaysAfter(trigger, days);
    }

    /** Whether a filing duty of that trigger is due on the day that the announcement fixes rather than by counting; not under a law that fixes none. */
    public static boolean legacyFiling(LegalDay trigger, Registry registry) {
        return registry.knows(LEGACY_UNTIL) && !trigger.isAfter(registry.day(LEGACY_UNTIL, Registry.EVERYONE, trigger));
    }
}
