package org.faceaudit.local.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether something listens on a loopback port: a cheap question before a dear one. */
final class Loopback {
    private static final int MILLIS = 500;

    private Loopback() {}

    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
