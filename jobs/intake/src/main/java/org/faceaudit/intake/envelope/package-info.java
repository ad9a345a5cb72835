/** Reads Debezium's JSON envelopes: bytes in, one decoded change or one reject out, never an exception. */
package org.faceaudit.intake.envelope;
