package org.faceaudit.runtime.fact;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.runtime.types.PackedTypeInfo;

/** The types of the edges that every change passes, packed by hand. */
public final class ChangeTypes {

    public static final TypeInformation<Incoming> INCOMING = new PackedTypeInfo<>(new IncomingPacking());

    public static final TypeInformation<RoutedChange> ROUTED = new PackedTypeInfo<>(new RoutedChangePacking());

    public static final TypeInformation<PersonHolding> HOLDING = new PackedTypeInfo<>(new PersonHoldingPacking());

    public static final TypeInformation<InstantPage> INSTANTS = new PackedTypeInfo<>(new InstantPagePacking());

    private ChangeTypes() {}
}
