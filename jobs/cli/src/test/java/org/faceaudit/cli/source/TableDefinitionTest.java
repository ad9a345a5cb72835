package org.faceaudit.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import org.junit.jupiter.api.Test;

class TableDefinitionTest {

    @Test
    void readsTheColumnsAndNotTheKeys() {
        String definition = """
                CREATE TABLE `face_data` (
                  `id` bigint(20) NOT NULL AUTO_INCREMENT,
                  `姓``名` varchar(18) DEFAULT 'a, b' COMMENT 'owner''s, full',
                  `照片` longblob DEFAULT NULL,
                  `state` enum('NOT NULL','x') NOT NULL DEFAULT 'x' COMMENT '状态',
                  PRIMARY KEY (`id`),
                  KEY `by_name` (`姓``名`),
                  CONSTRAINT `fk` FOREIGN KEY (`id`) REFERENCES `person` (`id`) ON DELETE CASCADE
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='faces'""";

        assertThat(TableDefinition.columns(definition))
                .extracting(SourceColumn::name, SourceColumn::kind, SourceColumn::type, SourceColumn::comment)
                .containsExactly(
                        tuple("id", ValueKind.INTEGER, "bigint", ""),
                        tuple("姓`名", ValueKind.TEXT, "varchar", "owner's, full"),
                        tuple("照片", ValueKind.BYTES, "longblob", ""),
                        tuple("state", ValueKind.TEXT, "enum", "状态"));
        assertThat(TableDefinition.columns("")).isEmpty();
    }
}
