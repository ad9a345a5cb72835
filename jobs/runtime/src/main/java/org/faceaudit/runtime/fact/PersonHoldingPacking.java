package org.faceaudit.runtime.fact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.counting.PersonLink;
import org.faceaudit.core.counting.Presence;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;
import org.faceaudit.runtime.types.Packing;
import org.faceaudit.runtime.types.PresencePacking;

/** How a {@link PersonHolding} is written. */
public final class PersonHoldingPacking implements Packing<PersonHolding> {

    private static final long serialVersionUID = 1L;

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
            PresencePacking.write(presence, out);
        }
        out.number(holding.links().size());
        for (PersonLink link : holding.links()) {
            out.word(link.group());
            out.text(link.person(), 0);
            PresencePacking.write(link.presence(), out);
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
            return List.of(PresencePacking.read(in));
        }
        List<Presence> presences = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            presences.add(PresencePacking.read(in));
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
            links.add(new PersonLink(in.word(), in.text(), PresencePacking.read(in)));
        }
        return links;
    }
}
