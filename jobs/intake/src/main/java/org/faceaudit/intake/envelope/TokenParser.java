package org.faceaudit.intake.envelope;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.base.ParserMinimalBase;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A parser that answers what a reader of envelopes asks, tokens, names, texts and whole numbers, and refuses all else that
 * Jackson's interface has.
 */
abstract class TokenParser extends ParserMinimalBase {

    /** Not for this parser. */
    static final class Unusual extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final Unusual ONLY = new Unusual();

        private Unusual() {
            super("not plain JSON", null, false, false);
        }
    }

    @Override
    public void close() {}

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    protected void _handleEOF() {
        throw Unusual.ONLY;
    }

    @Override
    public JsonStreamContext getParsingContext() {
        throw Unusual.ONLY;
    }

    @Override
    public void overrideCurrentName(String name) {
        throw Unusual.ONLY;
    }

    @Override
    public char[] getTextCharacters() {
        throw Unusual.ONLY;
    }

    @Override
    public boolean hasTextCharacters() {
        return false;
    }

    @Override
    public int getTextLength() {
        throw Unusual.ONLY;
    }

    @Override
    public int getTextOffset() {
        throw Unusual.ONLY;
    }

    @Override
    public byte[] getBinaryValue(Base64Variant variant) {
        throw Unusual.ONLY;
    }

    @Override
    public ObjectCodec getCodec() {
        return null;
    }

    @Override
    public void setCodec(ObjectCodec codec) {
        throw Unusual.ONLY;
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public JsonLocation getCurrentLocation() {
        throw Unusual.ONLY;
    }

    @Override
    public JsonLocation getTokenLocation() {
        throw Unusual.ONLY;
    }

    @Override
    public Number getNumberValue() {
        throw Unusual.ONLY;
    }

    @Override
    public BigInteger getBigIntegerValue() {
        throw Unusual.ONLY;
    }

    @Override
    public float getFloatValue() {
        throw Unusual.ONLY;
    }

    @Override
    public double getDoubleValue() {
        throw Unusual.ONLY;
    }

    @Override
    public BigDecimal getDecimalValue() {
        throw Unusual.ONLY;
    }
}
