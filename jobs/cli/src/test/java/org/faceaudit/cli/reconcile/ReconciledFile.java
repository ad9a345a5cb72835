package org.faceaudit.cli.reconcile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.faceaudit.cli.capture.KeyedLiterals;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;

/** An operator's file whose faces are found in every way: in the row, by a reference back, behind filters. */
final class ReconciledFile {

    static final String SECRET = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private ReconciledFile() {}

    /** The file as a reader without the key gets it. */
    static OperatorFile write(Path directory) throws IOException, OperatorFileException {
        Path file = Files.writeString(directory.resolve("acme.yaml"), """
                operator: acme
                system: one
                source:
                  kind: postgresql
                  url: jdbc:postgresql://127.0.0.1:5432/one
                  user: capture
                  password: ${env:ONE}
                  zone: Asia/Shanghai
                  heartbeat: {table: public.heartbeat}
                mapping:
                  tables:
                    public.face:
                      key: [id]
                      facts:
                        - event: face-record
                          person: {identifies: member-no, column: card, normalise: [trim, upper]}
                          image: {present: never}
                          template: {column: feature}
                      where: {column: kind, not: "test"}
                    public.photo:
                      key: [id]
                      facts:
                        - event: face-record
                          person: {identifies: member-no, column: who, normalise: [trim, upper], via: [id <- public.owner.photo_id]}
                          image: {present: row}
                          template: {present: never}
                    public.owner:
                      key: [id]
                    public.gate:
                      key: [id]
                      facts:
                        - event: access-point
                          methods: {flags: {by_face: FACE}}
                """);
        return prepared(directory, file);
    }

    /** The same, but nothing names its faces and photos. */
    static OperatorFile writeKeyless(Path directory) throws IOException, OperatorFileException {
        write(directory);
        Path file = directory.resolve("keyless.yaml");
        String keyed = Files.readString(directory.resolve("acme.yaml"));
        Files.writeString(file, keyed.replaceAll("(public\\.(face|photo):\\s+)key: \\[id\\]", "$1keyless: true"));
        return prepared(directory, file);
    }

    /** Tables of which each name stands for many. */
    static OperatorFile writeMany(Path directory) throws IOException, OperatorFileException {
        write(directory);
        Path file = directory.resolve("many.yaml");
        String head = Files.readString(directory.resolve("acme.yaml"));
        Files.writeString(file, head.substring(0, head.indexOf("mapping:")) + """
                mapping:
                  tables:
                    public.shard_{nn}:
                      key: [id]
                      facts:
                        - event: face-record
                          person: {identifies: member-no, column: card, via: ["owner -> public.holder_{nn}.id"]}
                          template: {present: row}
                    public.bag_{nn}:
                      keyless: true
                      facts:
                        - event: face-record
                          person: {identifies: member-no, column: card}
                          template: {present: row}
                """);
        return prepared(directory, file);
    }

    private static OperatorFile prepared(Path directory, Path file) throws IOException, OperatorFileException {
        Path prepared = directory.resolve("prepared.yaml");
        Files.writeString(prepared, OperatorFiles.prepared(file, new KeyedLiterals(SECRET)));
        return OperatorFiles.read(prepared);
    }
}
