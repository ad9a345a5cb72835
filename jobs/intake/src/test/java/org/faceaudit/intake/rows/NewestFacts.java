package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.DeclaredFiling;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.RegistryChange;

/** Keeps the newest time line of every subject and checks that each call goes on from the last. */
final class NewestFacts implements FactSink {

    final Map<String, FaceRecord> records = new TreeMap<>();
    /** By point and row. */
    final Map<String, AccessPoint> points = new TreeMap<>();

    final Map<String, Purpose> purposes = new TreeMap<>();
    final List<AttemptTold> attempts = new ArrayList<>();
    final Map<String, Consent> consents = new TreeMap<>();
    final Map<String, DeclaredUse> uses = new TreeMap<>();
    final Map<String, DeclaredFiling> filings = new TreeMap<>();
    final Map<String, RegistryChange> registry = new TreeMap<>();
    final List<String> notApplicable = new ArrayList<>();
    final List<String> unreadable = new ArrayList<>();
    int calls;

    @Override
    public void faceRecord(FaceRecord before, FaceRecord after) {
        calls++;
        assertThat(records.put(after.recordKey(), after)).isEqualTo(before);
    }

    @Override
    public void accessPoint(AccessPoint before, AccessPoint after) {
        calls++;
        assertThat(points.put(after.pointId() + ' ' + after.row(), after)).isEqualTo(before);
    }

    @Override
    public void purpose(Purpose before, Purpose after) {
        calls++;
        assertThat(purposes.put(after.purposeKey(), after)).isEqualTo(before);
    }

    @Override
    public void attempt(AttemptTold told) {
        calls++;
        attempts.add(told);
    }

    @Override
    public void consent(Consent before, Consent after) {
        calls++;
        assertThat(consents.put(after.consentKey(), after)).isEqualTo(before);
    }

    @Override
    public void use(DeclaredUse before, DeclaredUse after) {
        calls++;
        assertThat(uses.put(after.useKey(), after)).isEqualTo(before);
    }

    @Override
    public void filing(DeclaredFiling before, DeclaredFiling after) {
        calls++;
        assertThat(filings.put(after.filingKey(), after)).isEqualTo(before);
    }

    @Override
    public void registry(RegistryChange change) {
        calls++;
        registry.put(change.table() + "/" + change.key(), change);
    }

    @Override
    public void notApplicable(String reason, Position position) {
        notApplicable.add(reason);
    }

    @Override
    public void unreadable(String field, String reason, Position position) {
        unreadable.add(field + ": " + reason);
    }
}
