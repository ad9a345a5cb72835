package org.faceaudit.core.law;

/** A duty of Art. 15 that ends after so many working days, and the parameter that says how many. */
public enum Duty {
    /** Art. 15 ¶1: to file after reaching the threshold. */
    FILING("filing.days"),
    /** Art. 15 ¶3: to file a substantive change. */
    CHANGE("change-filing.days"),
    /** Art. 15 ¶4: to deregister after termination. */
    DEREGISTRATION("deregistration.days");

    private final String daysParameter;

    Duty(String daysParameter) {
        this.daysParameter = daysParameter;
    }

    /** Name of the parameter that holds the number of working days. */
    public String daysParameter() {
        return daysParameter;
    }
}
