package org.faceaudit.runtime.fact;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.counting.PersonLink;
import org.faceaudit.core.counting.Presence;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;
import org.faceaudit.runtime.types.Packing;

/** How a {@link PersonHolding} is written. */
public final class PersonHoldingPacking implements Packing<PersonHolding> {

    private static final long serialVersionUID = 1L;

    private static final int EXACT_START = 1;
    private static final int ENDED = 2;
    private static final int EXACT_END = 4;

    @Override
    public Class<PersonHolding> type() {
        return PersonHolding.class;
    }

    @Override
    public void write(PersonHolding holding, PackedOutput out) throws IOException {
        out.word(holding.operator());
        out.word(holding.group());
        out.text(holding.person(), 0);
        out.text(holding.holder(), 0);
        out.number(holding.presences().size());
        for (Presence presence : holding.presences()) {
            write(presence, out);
        }
        out.number(holding.links().size());
        for (PersonLink link : holding.links()) {
            out.word(link.group());
            out.text(link.person(), 0);
            write(link.presence(), out);
        }
    }

    private static void write(Presence presence, PackedOutput out) throws IOException {
        boolean exactStart = presence.startEarliest().equals(presence.startLatest());
        boolean ended = presence.endEarliest() != null;
        boolean exactEnd = ended && presence.endEarliest().equals(presence.endLatest());
        out.bits((exactStart ? EXACT_START : 0) | (ended ? ENDED : 0) | (exactEnd ? EXACT_END : 0));
        out.instant(presence.startEarliest());
        if (!exactStart) {
            out.instant(presence.startLatest());
        }
        if (ended) {
            out.instant(presence.endEarliest());
            if (!exactEnd) {
                out.instant(presence.endLatest());
            }
        }
    }

    @Override
    public PersonHolding read(PackedInput in) throws IOException {
        String operator = in.word();
        String group = in.word();
        String person = in.text();
        String holder = in.text();
        List<Presence> presences = presences(in);
        return new PersonHolding(operator, group, person, holder, presences, links(in));
    }

    private static List<Presence> presences(PackedInput in) throws IOException {
        int size = (int) in.number();
        if (size == 1) {
            return List.of(presence(in));
        }
        List<Presence> presences = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            presences.add(presence(in));
        }
        return presences;
    }

    private static List<PersonLink> links(PackedInput in) throws IOException {
        int size = (int) in.number();
        if (size == 0) {
            return List.of();
        }
        List<PersonLink> links = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            links.add(new PersonLink(in.word(), in.text(), presence(in)));
        }
        return links;
    }

    private static Presence presence(PackedInput in) throws IOException {
        int bits = in.bits();
        Instant startEarliest = in.instant();
        Instant startLatest = (bits & EXACT_START) != 0 ? startEarliest : in.instant();
        if ((bits & ENDED) == 0) {
            return new Presence(startEarliest, startLatest, null, null);
        }
        Instant endEarliest = in.instant();
        return new Presence(
                startEarliest, startLatest, endEarliest, (bits & EXACT_END) != 0 ? endEarliest : in.instant());
    }
}
