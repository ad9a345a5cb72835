/**
 * What runs inside Kafka Connect, beside Debezium: identifiers become keyed tokens and images become descriptors before
 * anything leaves the connector, so that no topic ever carries them.
 *
 * <p>Configuration of a connector (the name before the first dot is free, here {@code token} and {@code image}):
 *
 * <pre>
 * converters=token,image
 * token.type=org.faceaudit.capture.PersonTokenConverter
 * token.key.secret=${file:/etc/faceaudit/token.properties:token.key}
 * token.key.id=k1
 * token.columns=public.member.id_card:id-card:idcard; public.member.phone:phone:trim,digits
 * image.type=org.faceaudit.capture.ImageDescriptorConverter
 * image.columns=public.member_photo.content:bytes; public.member.avatar:url
 * event.converting.failure.handling.mode=fail
 * unavailable.value.placeholder=__debezium_unavailable_value
 * </pre>
 *
 * <p>What was read in Debezium 3.5.0 and 3.7.0 and matters here:
 *
 * <ul>
 *   <li>A custom converter replaces the built-in one and sees the connector's raw Java values. PostgreSQL: strings, boxed
 *       numbers, {@code byte[]}, {@code java.sql.Array}; uuid as {@code java.util.UUID} in a snapshot and as text in the
 *       stream; numeric as Debezium's {@code SpecialValueDecimal}; extension types (citext, vector) as {@code PGobject} in a
 *       snapshot and text in the stream. MySQL and MariaDB: text as {@code byte[]} in the column's character set from the
 *       binlog and as text in a snapshot. Both forms must give one token.
 *   <li>An unchanged TOAST value is one of seven bare {@code java.lang.Object} instances, the constants of {@code
 *       UnchangedToastedReplicationMessageColumn}. Only the built-in converter turns them into the placeholder.
 *   <li>{@code RelationalColumn.dataCollection()} is {@code TableId.toString()}: {@code schema.table} on PostgreSQL, {@code
 *       database.table} on MySQL and MariaDB, {@code database.schema.table} elsewhere.
 *   <li>While it builds a table's schema Debezium passes the column's default through the converter and sets the result as the
 *       schema's default, which a JSON converter would then put in the place of null. The schemas registered here refuse it.
 *   <li>The converter's properties are printed in the log when the task starts, references resolved; only names that end in
 *       {@code secret} or {@code password} are masked. Hence {@code key.secret}.
 *   <li>With {@code event.converting.failure.handling.mode=fail} the failure that stops the task carries only the
 *       <em>cause</em> of ours. At level TRACE Debezium logs whole rows: never switch it on for {@code io.debezium}.
 * </ul>
 *
 * <p>Values that Debezium invents: for a column that is NOT NULL it puts an empty string, zero or an empty array where the log
 * had nothing, as in {@code before} of a delete under the default replica identity. The schemas registered here are optional
 * even then, so a converted column is null there (seen with 3.7.0 and pgoutput). Should an invented value come after all, it
 * shows as {@code t1:…:empty}, as the token of {@code 0} or as {@code d1:empty:…}; only key columns of such a {@code before} are
 * facts.
 */
package org.faceaudit.capture;
