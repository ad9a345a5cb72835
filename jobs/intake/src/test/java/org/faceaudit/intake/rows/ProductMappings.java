package org.faceaudit.intake.rows;

import org.faceaudit.intake.mapping.Mapping;

/** The shipped products' mappings, of operator {@code acme} and its system {@code one}. */
public final class ProductMappings {

    private ProductMappings() {}

    /** The mapping of a product in {@code schemas/products}. */
    public static Mapping of(String product) {
        return MappingsUnderTest.of("use: " + product + "\n");
    }
}
