package org.faceaudit.local.stack;

import java.nio.file.Path;
import java.util.List;

/**
 * What a stack shall consist of.
 *
 * @param data the directory of all its files
 * @param ports where its parts listen
 * @param servers the servers of sample sources; none for real sources
 * @param fresh whether data of an earlier run are erased first
 */
public record StackPlan(Path data, Ports ports, List<SampleServer> servers, boolean fresh) {
    /** Copies the list. */
    public StackPlan {
        servers = List.copyOf(servers);
    }
}
